import { blobsOf, manifestBytes } from './blobs.js';
import { type Chains, chainsOf } from './chains.js';
import type { ImageFacts } from './facts.js';

/** Layers that the same images stand on, and no others. */
export interface SharedLayers {
  bytes: number;
  /** Places of the images, rising; two at least. */
  images: number[];
}

/** Which image has which bytes to itself, and which images share the rest. */
export interface Shares {
  /** For each image, in the order given, the bytes that nothing else stands on. */
  own: number[];
  shared: SharedLayers[];
}

/**
 * Divides what images take among them: each byte stands once, so that the sum is `onDisk` of the
 * same images. Images whose layers are unknown have none.
 *
 * @param chains of the same images, where they were made already
 */
export function sharesOf(images: readonly ImageFacts[], chains: Chains = chainsOf(images)): Shares {
  const isContainerd = images.some(({ content }) => content !== null);
  const blobs = isContainerd ? blobsOf(images, chains) : null;
  const own = images.map((): number => (isContainerd ? manifestBytes : 0));
  const groupOf = new Map<number, SharedLayers>();
  const shared: SharedLayers[] = [];
  const bytesOf = (layer: number) => (chains.sizes[layer] ?? 0) + (blobs?.[layer] ?? 0);
  chains.ofImage.forEach((chain, image) => {
    let below: SharedLayers | null = null;
    let before = 0;
    for (const layer of chain ?? []) {
      const users = chains.users[layer] ?? 1;
      if (users === 1) {
        own[image] = (own[image] ?? 0) + bytesOf(layer);
        continue;
      }
      let group: SharedLayers | undefined = groupOf.get(layer);
      if (!group) {
        // All that stand on a layer stand on the one below it: as many are the same ones.
        group = below && users === before ? below : { bytes: 0, images: [] };
        if (group !== below) shared.push(group);
        groupOf.set(layer, group);
        group.bytes += bytesOf(layer);
      }
      if (group.images.at(-1) !== image) group.images.push(image);
      below = group;
      before = users;
    }
  });
  return { own, shared: shared.filter(({ bytes }) => bytes > 0) };
}
