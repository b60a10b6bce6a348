import { leafFirst } from '../plan/order.js';
import type { Policy } from '../policy/types.js';
import { atOnce, type Steps } from '../steps.js';
import { removedInSteps } from '../verdict/judge.js';
import type { Reclaimable } from '../verdict/types.js';
import type { Ground } from './types.js';

/** What more could go by another policy than by the one in force. */
export interface More {
  /** IDs of images. */
  images: string[];
  bytes: Reclaimable;
}

/**
 * What images could go by another policy that cannot go now, and what they free on top of those that
 * can: both ticked or to be ticked.
 */
export function moreBy(policy: Policy, ground: Ground): More {
  return atOnce(moreByInSteps(policy, ground));
}

/** As `moreBy`, in steps. */
export function* moreByInSteps(policy: Policy, ground: Ground): Steps<More> {
  const { inventory, now, index, plan } = ground;
  const going = yield* removedInSteps(inventory, policy, { now, ages: 'calendar' }, index);
  yield;
  const before = plan.items.filter(({ kind }) => kind === 'image').map(({ id }) => id);
  const had = new Set(before);
  const images = leafFirst(going)
    .map(({ id }) => id)
    .filter((id) => !had.has(id));
  const selection = index.select();
  for (const id of before) selection.add(id);
  const first = selection.total();
  for (const id of images) selection.add(id);
  const total = selection.total();
  const max = Math.max(0, total.max - first.max);
  const min = Math.min(Math.max(0, total.min - first.min), max);
  return { images, bytes: { min, max, certainty: max === 0 ? 'exact' : total.certainty } };
}
