import type { RunProgress } from '../../../main/contract/slices.js';
import { idsOf, type Leaf } from '../overview/leaves.js';
import type { TileState } from '../overview/naming.js';

/** What becomes of a tile by a plan: shared layers go with the last image that stands on them. */
export function plannedTile(
  leaf: Leaf,
  chosen: ReadonlySet<string>,
  planned: ReadonlySet<string>,
): TileState {
  const ids = idsOf(leaf);
  if (ids.length === 0) return 'keep';
  if (ids.every((id) => chosen.has(id))) return 'go';
  return ids.every((id) => planned.has(id)) ? 'maybe' : 'keep';
}

type ItemState = RunProgress['items'][number]['state'];

/** What became of a tile in a run under way. */
export function runningTile(leaf: Leaf, states: ReadonlyMap<string, ItemState>): TileState {
  const all = idsOf(leaf).map((id) => states.get(id));
  if (all.length === 0) return 'keep';
  if (all.every((state) => state === 'removed')) return 'gone';
  if (all.some((state) => state !== 'removed' && state !== 'working' && state !== 'waiting'))
    return 'keep';
  const last = all.filter((state) => state !== 'removed');
  return last.every((state) => state === 'working') ? 'now' : 'go';
}
