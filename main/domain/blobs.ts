import type { Chains } from './chains.js';
import type { ImageFacts } from './facts.js';

/** Bytes of an image's config and manifest, about (ACCOUNTING, "What a set of images frees"). */
export const manifestBytes = 1_500;

/**
 * Bytes of each layer's compressed blob on a containerd store, by layer number. No API tells them:
 * they are solved from "the blobs of an image's layers = its content − its manifest" over all
 * images, and where several images share layers that no image ends with, by the share that those
 * layers have of the unpacked bytes (ACCOUNTING).
 */
export function blobsOf(
  images: readonly Pick<ImageFacts, 'size' | 'content'>[],
  chains: Chains,
): number[] {
  const count = chains.sizes.length;
  const parent = new Array<number>(count).fill(-1);
  const unpacked = new Array<number>(count).fill(0);
  // Blobs of all layers up to this one: known where an image ends, otherwise solved below.
  const upTo = new Array<number>(count).fill(NaN);
  const topDown: number[] = [];
  const seen = new Uint8Array(count);
  chains.ofImage.forEach((chain, image) => {
    if (chain === null) return;
    let below = -1;
    for (const layer of chain) {
      if (seen[layer] === 0) {
        seen[layer] = 1;
        topDown.push(layer);
        parent[layer] = below;
        unpacked[layer] = (unpacked[below] ?? 0) + (chains.sizes[layer] ?? 0);
      }
      below = layer;
    }
    const facts = images[image];
    if (below < 0 || facts === undefined) return;
    const content = facts.content ?? Math.max(0, facts.size - (unpacked[below] ?? 0));
    const blobs = Math.max(0, content - manifestBytes);
    const known = upTo[below] ?? NaN;
    upTo[below] = Number.isNaN(known) ? blobs : Math.min(known, blobs);
  });
  solve(topDown, parent, unpacked, upTo);
  return upTo.map((total, layer) =>
    Math.max(0, Math.round(total - (upTo[parent[layer] ?? -1] ?? 0))),
  );
}

function solve(
  topDown: readonly number[],
  parent: readonly number[],
  unpacked: readonly number[],
  upTo: number[],
): void {
  const count = upTo.length;
  /** Over the nearest known layers above: their sums, and the least that any holds. */
  const blobs = new Float64Array(count);
  const bytes = new Float64Array(count);
  const known = new Float64Array(count);
  const least = new Float64Array(count).fill(Infinity);
  for (const layer of topDown.toReversed()) {
    const own = upTo[layer] ?? NaN;
    const below = parent[layer] ?? -1;
    if (!Number.isNaN(own)) least[layer] = Math.min(least[layer] ?? Infinity, own);
    if (below < 0) continue;
    least[below] = Math.min(least[below] ?? Infinity, least[layer] ?? Infinity);
    const isKnown = !Number.isNaN(own);
    blobs[below] = (blobs[below] ?? 0) + (isKnown ? own : (blobs[layer] ?? 0));
    bytes[below] = (bytes[below] ?? 0) + (isKnown ? (unpacked[layer] ?? 0) : (bytes[layer] ?? 0));
    known[below] = (known[below] ?? 0) + (isKnown ? 1 : (known[layer] ?? 0));
  }
  for (const layer of topDown) {
    if (!Number.isNaN(upTo[layer] ?? NaN)) continue;
    const below = parent[layer] ?? -1;
    const start = upTo[below] ?? 0;
    const startBytes = unpacked[below] ?? 0;
    const n = known[layer] ?? 0;
    const span = n === 0 ? 0 : (bytes[layer] ?? 0) / n - startBytes;
    const share = span <= 0 ? 0 : ((unpacked[layer] ?? 0) - startBytes) / span;
    const estimate = start + ((blobs[layer] ?? 0) / Math.max(1, n) - start) * share;
    upTo[layer] = Math.max(start, Math.min(estimate, least[layer] ?? Infinity));
  }
}
