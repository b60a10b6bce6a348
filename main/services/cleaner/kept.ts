import type { SkipReason } from '../../contract/runs.js';
import type { Millis } from '../../domain/facts.js';
import type { PlanItem } from '../../domain/plan/types.js';
import type { JudgedImage, JudgedOther } from '../../domain/verdict/types.js';

type Verdict = Pick<JudgedImage, 'verdict' | 'decidedBy'> & Partial<Pick<JudgedOther, 'lastUsed'>>;

/** Why an item is kept now, by rules, holds or use that did not decide when the plan was made. */
export function nowKept(
  { kind, reason }: PlanItem,
  judged: Verdict | undefined,
  plannedAt: Millis,
): SkipReason | null {
  const decidedBy = judged?.verdict === 'keep' ? judged.decidedBy : null;
  if (decidedBy?.kind === 'hold' && decidedBy.code === 'used')
    return { code: 'in-use', containers: decidedBy.containers };
  // Whoever named a volume had not seen what was written to it since.
  if (kind === 'volume' && (judged?.lastUsed?.at ?? 0) > plannedAt)
    return { code: 'state-changed', state: 'used' };
  // A volume is kept by everything but a person naming it; that is how it came into the plan.
  if (decidedBy === null) return null;
  if (decidedBy.kind === reason.kind && decidedBy.code === reason.code) return null;
  // Bases are told by what becomes of the plan's own items.
  if (decidedBy.kind === 'hold' && decidedBy.code === 'base-of')
    return { code: 'base-of-kept', images: decidedBy.images };
  return { code: 'now-kept', reason: decidedBy };
}
