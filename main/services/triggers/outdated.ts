import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { planToAsk } from '../../domain/triggers/plans.js';
import { freeForPressure } from '../../domain/triggers/pressure.js';
import type { Gauges } from '../gauges.js';
import type { Judging } from '../judging.js';
import type { Asked } from './types.js';

/** What is known without asking anybody. */
interface Known {
  gauges: Pick<Gauges, 'reading'>;
  judging: Pick<Judging, 'current' | 'policy'>;
}

/** Whether the disk has filled or emptied so far that what is asked about it is another plan. */
export function isOutdated(asked: Asked | null, known: Known): boolean {
  const need = needOf(known);
  if (asked?.bid.cause !== 'pressure' || asked.free === null || need === null) return false;
  // A hundredth of the disk is what a person sees of it.
  return Math.abs(need.free - asked.free) >= need.size / 100;
}

/** Whether something can go now that a full disk was told of though nothing could. */
export function canAskNow(asked: Asked | null, known: Known, now: Millis): boolean {
  const need = needOf(known);
  const { current } = known.judging;
  if (asked?.question.planId !== null || need === null || current === null) return false;
  const scope = { free: need.free, repository: null };
  return planToAsk(current.inventory, need.policy, 'pressure', scope, now).items.length > 0;
}

/** What a full disk needs by the policy, and how large it is, in bytes. */
function needOf({ gauges: { reading }, judging: { policy } }: Known) {
  if (reading === null || policy === null || policy instanceof CareenError) return null;
  const rule = policy.policy.triggers.pressure;
  if (rule === null) return null;
  const size = reading.used + reading.available;
  return { policy: policy.policy, free: freeForPressure(reading, rule), size };
}
