import type { SkipReason } from '../../contract/runs.js';
import type { PlanItem } from '../../domain/plan/types.js';
import type { JudgedImage } from '../../domain/verdict/types.js';

type Verdict = Pick<JudgedImage, 'verdict' | 'decidedBy'>;

/** Why an item is kept now, by rules or holds that did not decide when the plan was made. */
export function nowKept({ reason }: PlanItem, judged: Verdict | undefined): SkipReason | null {
  if (judged?.verdict !== 'keep') return null;
  const { decidedBy } = judged;
  // A volume is kept by everything but a person naming it; that is how it came into the plan.
  if (decidedBy.kind === reason.kind && decidedBy.code === reason.code) return null;
  if (decidedBy.kind === 'hold' && decidedBy.code === 'used')
    return { code: 'in-use', containers: decidedBy.containers };
  // Bases are told by what becomes of the plan's own items.
  if (decidedBy.kind === 'hold' && decidedBy.code === 'base-of')
    return { code: 'base-of-kept', images: decidedBy.images };
  return { code: 'now-kept', reason: decidedBy };
}
