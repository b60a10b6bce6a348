import type { Inventory } from '../facts.js';
import type { Policy } from '../policy/types.js';
import type { Chosen } from './choose.js';
import type { Plan } from './types.js';

/** Why a run that nobody asked for becomes a question (JUDGING §3, Limits). */
export type Unusual = 'many-items' | 'many-bytes' | 'large-share' | 'new-policy';

/** Of all images; what would take more of them at once is unusual. */
const largestShare = 0.3;

/** Hours that are observed after a gap before anything runs by itself (JUDGING §2). */
const hoursAfterGap = 24;

/**
 * What is unusual about an automatic run, or null. A plan above the limits is not cut: a person is
 * asked.
 *
 * @param isNewPolicy whether no automatic run was made yet by this policy
 */
export function unusualAbout(
  plan: Pick<Plan, 'items'>,
  { order, reclaimable }: Pick<Chosen, 'order' | 'reclaimable'>,
  { images }: Pick<Inventory, 'images'>,
  { maxItems, maxBytes }: Policy['limits'],
  isNewPolicy: boolean,
): Unusual | null {
  if (order.length === 0) return null;
  if (order.length > maxItems) return 'many-items';
  if (reclaimable.max > maxBytes) return 'many-bytes';
  const going = new Set(order);
  const count = plan.items.filter(({ kind, id }) => kind === 'image' && going.has(id)).length;
  if (count > images.length * largestShare) return 'large-share';
  return isNewPolicy ? 'new-policy' : null;
}

/** Whether automatic runs wait: too little was observed since the last gap (JUDGING §2). */
export function waitsAfterGap({ hoursSinceGap }: Pick<Inventory, 'hoursSinceGap'>): boolean {
  return hoursSinceGap !== null && hoursSinceGap < hoursAfterGap;
}
