import { subjectOf, type RuleName } from '../policy/rule-name.js';
import type { Policy } from '../policy/types.js';
import type { JudgedImage } from './types.js';

/** What one rule of a policy decides now. */
export interface RuleCount extends RuleName {
  kind: 'protect' | 'keep' | 'remove';
  images: number;
}

/** Every rule in the policy's order, with how many images it decides over; rules that decide nothing too. */
export function ruleCounts(policy: Policy, judged: readonly JudgedImage[]): RuleCount[] {
  const counts = (['protect', 'keep', 'remove'] as const).flatMap((kind) =>
    policy[kind].map((rule): RuleCount => ({
      kind,
      rule: rule.id,
      subject: subjectOf(rule, kind === 'protect'),
      images: 0,
    })),
  );
  const byRule = new Map(counts.map((one) => [`${one.kind} ${one.rule}`, one]));
  for (const { decidedBy } of judged) {
    if (!('rule' in decidedBy)) continue;
    const count = byRule.get(`${decidedBy.kind} ${decidedBy.rule}`);
    if (count) count.images += 1;
  }
  return counts;
}
