import type { RuleName } from '../../../main/domain/policy/rule-name.js';
import type { JudgedImage, Reason } from '../../../main/domain/verdict/types.js';

/** The rule of the policy in a reason, where one decided. */
export const ruleIn = (reason: Reason): RuleName | null =>
  'rule' in reason && reason.code === 'rule' ? reason : null;

/** Of an image that stays: the first rule that would remove it, were it not for what decided. */
export function otherwise({ verdict, alsoMatched }: JudgedImage): RuleName | null {
  if (verdict === 'remove') return null;
  const rule = alsoMatched.find((reason) => reason.kind === 'remove');
  return rule === undefined ? null : ruleIn(rule);
}

/** Whether an image's names are not all judged for one reason. */
export function namesDiffer({ references }: JudgedImage): boolean {
  const told = references.map(
    ({ decidedBy }) => `${decidedBy.kind} ${decidedBy.code} ${ruleIn(decidedBy)?.rule}`,
  );
  return new Set(told).size > 1;
}
