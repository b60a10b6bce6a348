import { lintsOf } from '../policy/lint.js';
import type { KeepRule, Policy, ProtectRule, RemoveRule } from '../policy/types.js';
import { subjectOf, type RuleSubject } from '../policy/rule-name.js';
import { day } from '../policy/units.js';
import type { Steps } from '../steps.js';
import { groundworkOf } from '../verdict/groundwork.js';
import { CompiledRule } from '../verdict/rules.js';
import type { Reclaimable } from '../verdict/types.js';
import { moreByInSteps } from './more-by.js';
import type { Action, Finding, Ground, RuleFault, Suggester } from './types.js';

type List = 'protect' | 'keep' | 'remove';
type Rule = ProtectRule | KeepRule | RemoveRule;

/** Days of observation without any image for a rule's pattern, until it counts as a slip. */
const observed = 14;

/** What the default policy removes first. */
const untagged = { id: 'untagged', untagged: true, unusedFor: '3d' } as const;

/** Rules that never match or keep everything, and a policy that has none to remove anything. */
export const policyRule: Suggester = {
  id: 'policy-rule',
  *find(ground) {
    const { policy, now } = ground;
    if (policy === null) return [];
    const found = new Map<string, Finding>();
    for (const { code, at } of lintsOf(policy, now)) {
      const [list, place] = at;
      const fault = faultOf(code);
      if (fault === null || !isList(list) || typeof place !== 'number') continue;
      const rule = policy[list][place];
      if (rule) yield* add(found, list, rule, fault, ground);
    }
    for (const [list, rule] of unmatched(policy, ground))
      yield* add(found, list, rule, 'never-matches', ground);
    return [
      ...(policy.remove.length === 0 ? [yield* removesNothing(policy, ground)] : []),
      ...found.values(),
    ];
  },
};

const isList = (text: unknown): text is List =>
  text === 'protect' || text === 'keep' || text === 'remove';

function faultOf(code: string): RuleFault | null {
  return code === 'keeps-everything' || code === 'never-matches' || code === 'never-removes'
    ? code
    : null;
}

/** Rules with patterns of their own that no image on this engine answers to, since long. */
function unmatched(policy: Policy, { inventory, index }: Ground): [List, Rule][] {
  if (inventory.observedDays < observed) return [];
  const { repositories, ofImage } = groundworkOf(inventory, index).names;
  const isSelected = (rule: Rule) => {
    const compiled = new CompiledRule(rule, repositories);
    return inventory.images.some(({ id }, place) =>
      ofImage[place]?.some((name) => compiled.selectsName(name, id)),
    );
  };
  return (['protect', 'keep', 'remove'] as const).flatMap((list) =>
    (policy[list] as Rule[])
      .filter((rule) => rule.match !== null && !isSelected(rule))
      .map((rule): [List, Rule] => [list, rule]),
  );
}

/** A rule is told once. It is the same while it says the same. */
function* add(
  found: Map<string, Finding>,
  list: List,
  rule: Rule,
  fault: RuleFault,
  ground: Ground,
): Steps<void> {
  const { id, ...keys } = rule;
  const says = Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null));
  const about = subjectOf(rule, list === 'protect');
  const subject = `${list} ${id} ${JSON.stringify(says)}`;
  if (found.has(subject)) return;
  found.set(subject, {
    subject,
    evidence: { id: 'policy-rule', list, rule: id, subject: about, fault },
    bytes: fault === 'keeps-everything' ? yield* bytesWithout(list, id, ground) : null,
    action: actionOn(list, id, about, fault),
  });
}

/** A rule that keeps everything can be taken out; what was to remove something is written anew. */
function actionOn(
  list: List,
  id: string,
  subject: RuleSubject | undefined,
  fault: RuleFault,
): Exclude<Action, { kind: 'plan' }> {
  return list === 'keep' && fault === 'keeps-everything'
    ? { kind: 'policy', edit: { edit: 'remove-rule', list, id, subject } }
    : { kind: 'advice', advice: 'edit-policy' };
}

function* bytesWithout(list: List, id: string, ground: Ground): Steps<Reclaimable | null> {
  const { policy } = ground;
  if (policy === null || list !== 'keep') return null;
  const keep = policy.keep.filter((rule) => rule.id !== id);
  const { bytes } = yield* moreByInSteps({ ...policy, keep }, ground);
  return bytes;
}

function* removesNothing(policy: Policy, ground: Ground): Steps<Finding> {
  const rule: RemoveRule = {
    id: untagged.id,
    match: null,
    labels: null,
    platform: null,
    origin: null,
    largerThan: null,
    untagged: true,
    project: null,
    unusedFor: 3 * day,
    mode: null,
  };
  const { bytes } = yield* moreByInSteps({ ...policy, remove: [rule] }, ground);
  return {
    subject: 'remove',
    evidence: { id: 'policy-rule', list: 'remove', rule: null, fault: 'removes-nothing' },
    bytes,
    action: { kind: 'policy', edit: { edit: 'add-rule', list: 'remove', rule: untagged } },
  };
}
