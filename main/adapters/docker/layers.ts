import { createHash } from 'node:crypto';
import type { Layer } from '../../domain/facts.js';
import { makesLayer } from '../../domain/image-history.js';

/** A history step as the API tells it, oldest first; without a sign whether it made a layer. */
export interface Step {
  size: number;
  createdBy: string;
}

/** The diff ID of a layer in which nothing changed. */
const emptyLayer = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

/**
 * Chain IDs: what a layer is together with all below it, as the OCI image specification defines it.
 * Two images share a layer's bytes exactly when its chain ID is the same.
 */
export function chainIds(diffIds: string[]): string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : `sha256:${sha256(`${below} ${diffId}`)}`);
  }
  return chain;
}

/**
 * The layers from the base up with their sizes in bytes. The API tells a size for each history step,
 * zero for steps without a layer and for empty layers alike. Where that leaves open which layer a size
 * belongs to, the layers in doubt count nothing and `inDoubt` is true: what is freed is then at least
 * the sum (ACCOUNTING).
 */
export function layersOf(diffIds: string[], steps: Step[]): { layers: Layer[]; inDoubt: boolean } {
  const { sizes, inDoubt } = sizesOf(diffIds, steps);
  const layers = chainIds(diffIds).map((chainId, at) => ({ chainId, size: sizes[at] ?? 0 }));
  return { layers, inDoubt };
}

interface Sizes {
  sizes: number[];
  inDoubt: boolean;
}

const certain = (sizes: number[]): Sizes => ({ sizes, inDoubt: false });

function sizesOf(diffIds: string[], steps: Step[]): Sizes {
  const filled = steps.filter((step) => step.size > 0).map((step) => step.size);
  if (filled.length === diffIds.length) return certain(filled);
  const places = diffIds.flatMap((diffId, at) => (diffId === emptyLayer ? [] : [at]));
  if (filled.length === places.length) return certain(spread(filled, places, diffIds.length));
  const makers = steps.filter((step) => step.size > 0 || makesLayer.test(step.createdBy));
  if (makers.length === diffIds.length) return certain(makers.map((step) => step.size));
  return certainSizes(diffIds.length, steps);
}

function spread(sizes: number[], places: number[], length: number): number[] {
  const all = new Array<number>(length).fill(0);
  places.forEach((place, at) => (all[place] = sizes[at] ?? 0));
  return all;
}

/** Only sizes whose layer is the same however the empty layers fall among the empty steps. */
function certainSizes(layers: number, steps: Step[]): Sizes {
  const sizes = new Array<number>(layers).fill(0);
  const empty = steps.filter((step) => step.size === 0).length;
  const wanted = layers - (steps.length - empty);
  if (wanted < 0 || wanted > empty) return { sizes, inDoubt: true };
  let inDoubt = false;
  let filled = 0;
  let before = 0;
  for (const step of steps) {
    if (step.size === 0) before += 1;
    else {
      const lowest = Math.max(0, wanted - (empty - before));
      const highest = Math.min(wanted, before);
      if (lowest === highest) sizes[filled + lowest] = step.size;
      else inDoubt = true;
      filled += 1;
    }
  }
  return { sizes, inDoubt };
}

/** A history step's fingerprint: the same step of the same build, whatever the store. */
export function fingerprint(createdBy: string, comment: string, created: number): string {
  return sha256(JSON.stringify([createdBy, comment, created])).slice(0, 16);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
