import type { ImageFacts, Layer } from './facts.js';

/** Who else stands on a layer. */
export interface Sharers {
  /** How many other images. */
  count: number;
  /** The first of them, by name; those without one last. */
  first: { id: string; refs: string[] }[];
}

/**
 * For each layer the other images that stand on it.
 *
 * @param layers of the image `id`
 * @param most how many of them are named
 */
export function sharersOf(
  id: string,
  layers: readonly Layer[],
  images: readonly Pick<ImageFacts, 'id' | 'refs' | 'layers'>[],
  most: number,
): Sharers[] {
  const on = new Map(layers.map(({ chainId }) => [chainId, [] as (typeof images)[number][]]));
  for (const image of images) {
    if (image.id === id) continue;
    // One image may hold an empty layer twice, but never at the same place of its chain.
    for (const { chainId } of image.layers ?? []) on.get(chainId)?.push(image);
  }
  return layers.map(({ chainId }) => {
    const all = on.get(chainId) ?? [];
    const first = all
      .toSorted((a, b) => compare(a.refs[0], b.refs[0]))
      .slice(0, most)
      .map(({ id, refs }) => ({ id, refs }));
    return { count: all.length, first };
  });
}

function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
