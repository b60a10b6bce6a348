import type { ImageRow } from '../../../../main/contract/slices.js';
import { standingOf } from '../../images/table.js';
import { goingOn, type Layout } from './layout.js';

/** For each node of the tree how many of the images on it go, and how many wait for a tick. */
export interface Fates {
  go: Uint32Array;
  could: Uint32Array;
}

/** As the rows stand; an image that is gone is in neither. */
export function fatesOn(layout: Pick<Layout, 'tree'>, rows: ReadonlyMap<string, ImageRow>): Fates {
  const count = (wanted: keyof Fates) =>
    goingOn(layout, (id) => {
      const row = rows.get(id);
      return row !== undefined && standingOf(row) === wanted;
    });
  return { go: count('go'), could: count('could') };
}

/** What becomes of a run of layers: it goes with the last image on it; null: it stays. */
export function fateOf({ go, could }: Fates, node: number, images: number): keyof Fates | null {
  const goes = go[node] ?? 0;
  if (goes === images) return 'go';
  return goes + (could[node] ?? 0) === images ? 'could' : null;
}
