import type { LayerIndex } from '../layers.js';
import type { Bytes } from '../policy/types.js';
import { Freed } from './freed.js';
import type { FreeGoal, PlanItem } from './types.js';

/**
 * Cuts a plan's items down to what frees enough (JUDGING §5, "Free X GB"): the longest unused first,
 * each only after everything built on it, until the least that they free is enough; then those are
 * dropped again, newest first, without which it still is, so that none of the rest can be spared.
 * What stands unticked stays listed. Where all is not enough, all that frees anything is taken and
 * what is missing is told.
 *
 * @param items in the order of running, images longest unused first
 * @param except IDs of items that are not to be taken
 */
export function planToFree(
  items: readonly PlanItem[],
  wanted: Bytes,
  index: LayerIndex,
  except: ReadonlySet<string> = new Set(),
): { items: PlanItem[]; free: FreeGoal } {
  const freed = new Freed(index);
  const chosen = new Map<string, PlanItem>();
  const isEnough = () => freed.total().min >= wanted;
  for (const item of items) {
    if (isEnough()) break;
    if (!item.ticked || except.has(item.id) || !freesAnything(item)) continue;
    if (!item.after.every((id) => chosen.has(id))) continue;
    chosen.set(item.id, item);
    freed.add(item);
  }
  if (isEnough()) spare(chosen, freed, isEnough);
  const shortfall = Math.max(0, wanted - freed.total().min);
  return { items: listed(items, chosen, index), free: { wanted, shortfall } };
}

const freesAnything = ({ kind, reclaimable }: PlanItem) => kind === 'image' || reclaimable.max > 0;

/** Drops again what is not needed; a base always before what is built on it. */
function spare(chosen: Map<string, PlanItem>, freed: Freed, isEnough: () => boolean): void {
  const waiting = new Map<string, number>();
  const count = ({ after }: PlanItem, by: 1 | -1) => {
    for (const id of after) waiting.set(id, (waiting.get(id) ?? 0) + by);
  };
  for (const item of chosen.values()) count(item, 1);
  for (const item of [...chosen.values()].reverse()) {
    if ((waiting.get(item.id) ?? 0) > 0) continue;
    freed.remove(item);
    if (!isEnough()) {
      freed.add(item);
      continue;
    }
    chosen.delete(item.id);
    count(item, -1);
  }
}

/** What was chosen, and what stands unticked; not what waits for something that is not there. */
function listed(
  items: readonly PlanItem[],
  chosen: ReadonlyMap<string, PlanItem>,
  index: LayerIndex,
): PlanItem[] {
  const there = new Set<string>();
  const freed = new Freed(index);
  const rest: PlanItem[] = [];
  for (const item of items) {
    const stays = item.ticked ? chosen.has(item.id) : item.after.every((id) => there.has(id));
    if (!stays) continue;
    there.add(item.id);
    rest.push({ ...item, reclaimable: freed.add(item) });
  }
  return rest;
}
