import type { Chains } from './chains.js';
import type { ImageFacts } from './facts.js';

/** Which image stands on which; images by their place in the inventory. */
export interface Bases {
  /** For each image those that it is built on. */
  below: number[][];
  /** For each image those built on it. */
  above: number[][];
}

type Image = Pick<ImageFacts, 'id' | 'layers' | 'history' | 'parent'>;

/**
 * Bases as JUDGING §1 defines them: an image whose chain, at least one layer, is a proper prefix
 * of another's; where the chains are equal, the one whose history is a proper prefix. What the
 * classic builder calls a parent is one too: the engine refuses to remove it before its child.
 */
export function basesOf(images: readonly Image[], chains: Chains): Bases {
  const below: number[][] = images.map(() => []);
  const above: number[][] = images.map(() => []);
  const add = (base: number, image: number) => {
    below[image]?.push(base);
    above[base]?.push(image);
  };
  const endingAt: number[][] = chains.sizes.map(() => []);
  chains.ofImage.forEach((chain, image) => {
    const last = chain?.at(-1);
    if (last !== undefined) endingAt[last]?.push(image);
  });
  chains.ofImage.forEach((chain, image) => {
    if (chain === null) return;
    for (let i = 0; i < chain.length - 1; i++)
      for (const base of endingAt[chain[i] ?? -1] ?? []) add(base, image);
  });
  for (const equal of endingAt) if (equal.length > 1) byHistory(images, equal, add);
  byParent(images, chains, below, add);
  return { below, above };
}

interface Step {
  ending: number[];
  next: Map<string, Step>;
}

const step = (): Step => ({ ending: [], next: new Map() });

function byHistory(
  images: readonly Image[],
  equal: readonly number[],
  add: (base: number, image: number) => void,
): void {
  const root = step();
  for (const image of equal) {
    let at = root;
    for (const fingerprint of images[image]?.history ?? []) {
      let next = at.next.get(fingerprint);
      if (next === undefined) at.next.set(fingerprint, (next = step()));
      at = next;
    }
    at.ending.push(image);
  }
  for (const image of equal) {
    const history = images[image]?.history ?? [];
    let at = root;
    for (const fingerprint of history) {
      if (at !== root) for (const base of at.ending) add(base, image);
      at = at.next.get(fingerprint) ?? step();
    }
  }
}

function byParent(
  images: readonly Image[],
  chains: Chains,
  below: readonly (readonly number[])[],
  add: (base: number, image: number) => void,
): void {
  if (images.every(({ parent }) => parent === null)) return;
  const placeOf = new Map(images.map(({ id }, i) => [id, i]));
  const depth = (i: number) => chains.ofImage[i]?.length ?? null;
  images.forEach(({ parent }, image) => {
    const base = parent === null ? undefined : placeOf.get(parent);
    if (base === undefined || base === image || below[image]?.includes(base)) return;
    // A parent can be no taller than its child, and nothing stands on itself.
    if ((depth(base) ?? 0) > (depth(image) ?? Infinity) || reaches(below, base, image)) return;
    add(base, image);
  });
}

/** Whether `from` stands, over whatever is between, on `to`. */
function reaches(below: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    for (const base of below[at] ?? [])
      if (!seen.has(base)) {
        seen.add(base);
        open.push(base);
      }
  }
  return false;
}
