import { manifestBytes } from './blobs.js';
import type { Chains } from './chains.js';
import type { ImageFacts } from './facts.js';

/** Images of the very same layers on a containerd store. */
export interface Twins {
  /** How many there are. */
  images: number;
  /** Unpacked bytes of the layers that only they stand on. */
  unpacked: number;
  /** Bytes of those layers' blobs, as they are counted once for all. */
  blobs: number;
  /** By the image's place what its own blobs of those layers hold, should they be no other's. */
  own: ReadonlyMap<number, number>;
}

/**
 * Images of the same layers, by their places. They need not share a byte: each may have come with
 * blobs compressed in another way, and the unpacked layers are held by the one that they were
 * unpacked for. Once that is gone they go too, and are unpacked anew when another of them is run
 * (seen on 26.1). No API tells which one holds what.
 *
 * @param blobs of each layer by its number (`blobsOf`)
 */
export function twinsOf(
  images: readonly ImageFacts[],
  chains: Chains,
  blobs: readonly number[],
): ReadonlyMap<number, Twins> {
  const byChain = new Map<string, number[]>();
  chains.ofImage.forEach((chain, place) => {
    if (chain === null || chain.length === 0) return;
    const key = chain.join();
    const same = byChain.get(key);
    if (same) same.push(place);
    else byChain.set(key, [place]);
  });
  const twins = new Map<number, Twins>();
  for (const places of byChain.values()) {
    if (places.length < 2) continue;
    const chain = chains.ofImage[places[0] ?? 0] ?? [];
    const [only, shared] = [true, false].map((isOnly) =>
      chain.filter((layer) => (chains.users[layer] === places.length) === isOnly),
    ) as [number[], number[]];
    const sum = (layers: readonly number[], bytes: readonly number[]) =>
      layers.reduce((total, layer) => total + (bytes[layer] ?? 0), 0);
    const counted = sum(only, blobs);
    const below = sum(shared, blobs) + manifestBytes;
    const own = new Map(
      places.map((place) => [place, Math.max(counted, (images[place]?.content ?? 0) - below)]),
    );
    const found = { images: places.length, unpacked: sum(only, chains.sizes), blobs: counted, own };
    for (const place of places) twins.set(place, found);
  }
  return twins;
}

/** What of some twins a set holds. */
export interface ChosenTwins {
  images: number;
  /** Bytes of their own blobs together. */
  own: number;
}

/** What those may free at most beyond their manifests and what all of them share. */
export function extraOf({ images, unpacked, blobs }: Twins, chosen: ChosenTwins): number {
  if (chosen.images === 0) return 0;
  // Where all of them go, layers and blobs are counted once already.
  return chosen.images < images ? unpacked + chosen.own : Math.max(0, chosen.own - blobs);
}
