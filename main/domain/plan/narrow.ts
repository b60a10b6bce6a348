import type { Inventory } from '../facts.js';
import { LayerIndex } from '../layers.js';
import { asTicked, choose } from './choose.js';
import type { PlanDraft } from './make.js';

/**
 * A plan of these items alone, ticked as they were. It stays closed: a base of an item that is left
 * out is left out too (JUDGING §5); the bytes are those of what is left.
 */
export function narrowPlan(
  plan: PlanDraft,
  inventory: Inventory,
  wanted: ReadonlySet<string>,
  index: LayerIndex = new LayerIndex(inventory),
): PlanDraft {
  const all = plan.items.map(({ id }) => id);
  const except = all.filter((id) => !wanted.has(id));
  const left = choose(plan, inventory, { except, also: all }, index);
  const byId = new Map(plan.items.map((item) => [item.id, item]));
  const items = left.order.flatMap((id) => {
    const item = byId.get(id);
    return item ? [{ ...item, reclaimable: left.each[id] ?? item.reclaimable }] : [];
  });
  const { reclaimable } = choose({ items }, inventory, asTicked, index);
  return { ...plan, items, reclaimable, reclaimableAll: left.reclaimable };
}
