import { type Apart, apartOf, isHarmless } from '../../../main/domain/plan/lost.js';
import type { ItemKind, Plan, PlanItem, Untick } from '../../../main/domain/plan/types.js';
import type { RuleName } from '../../../main/domain/policy/rule-name.js';
import type { RemoveRule } from '../../../main/domain/policy/types.js';
import type { PolicyPart } from '../../../main/domain/verdict/types.js';

/**
 * Of where a rule takes images; `notPulled`: of any origin but that one, or of several of them. Null
 * where it does not say.
 */
export type From = 'pulled' | 'built' | 'loaded' | 'unknown' | 'notPulled' | 'untagged';

/** Why items of a plan stand together. `isAlike`: another rule's images would be called the same. */
type Together =
  | ({ by: 'rule'; from: From | null; isAlike: boolean } & RuleName)
  | { by: 'part'; part: PolicyPart }
  /** Images that no rule speaks of, and a person named. */
  | { by: 'named' }
  /** What a person has to tick (JUDGING §5). */
  | { by: 'apart'; apart: Apart }
  /** Named one by one: no tick takes them together (JUDGING §6). */
  | { by: 'name' };

export type PlanGroup = Together & {
  /** Told apart by it: no two groups of a plan have the same. */
  key: string;
  /** What the rule or part asks, in ms; null where it asks for no time. */
  unusedFor: number | null;
  items: PlanItem[];
};

const PARTS: Partial<Record<ItemKind, PolicyPart>> = {
  container: 'containers',
  network: 'networks',
  buildCache: 'buildCache',
};

/** Where groups stand that are no rule's. */
const LATER = [
  'named',
  'part:containers',
  'part:networks',
  'part:buildCache',
  'apart:left',
  'apart:estimates',
  'apart:unrecoverable',
  'name',
];

/**
 * A plan's items in groups: images by rule, most bytes first; then the other kinds, then what a
 * person has to tick (JUDGING §5), and volumes last.
 *
 * @param rules those of the policy, as far as they are known: by them groups are told apart
 */
export function groupsOf(plan: Plan, rules: readonly RemoveRule[] = []): PlanGroup[] {
  const groups = new Map<string, PlanGroup>();
  for (const item of plan.items) {
    const together = togetherOf(item, rules);
    const key = keyOf(together);
    const { reason } = item;
    const byAge = reason.kind === 'remove' && reason.code !== 'named' && together.by !== 'apart';
    const unusedFor = byAge ? reason.unusedFor : null;
    const group = groups.get(key) ?? { ...together, key, unusedFor, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  const byRule = [...groups.values()].filter((group) => group.by === 'rule');
  for (const group of byRule)
    group.isAlike = byRule.some(
      (other) =>
        other !== group && other.from === group.from && other.unusedFor === group.unusedFor,
    );
  return [
    ...byRule.sort((a, b) => weight(b) - weight(a)),
    ...LATER.flatMap((key) => groups.get(key) ?? []),
  ];
}

function togetherOf(item: PlanItem, rules: readonly RemoveRule[]): Together {
  const { kind, reason } = item;
  const apart = apartOf(item);
  if (kind === 'volume') return { by: 'name' };
  const part = PARTS[kind];
  if (part !== undefined) return { by: 'part', part };
  if (apart !== null) return { by: 'apart', apart };
  if (reason.code === 'named') return { by: 'named' };
  const isRule = reason.kind === 'remove' && reason.code === 'rule';
  if (!isRule) return { by: 'rule', rule: reason.kind, from: null, isAlike: false };
  const rule = rules.find(({ id }) => id === reason.rule);
  const from = rule ? fromOf(rule) : null;
  return { by: 'rule', rule: reason.rule, subject: reason.subject, from, isAlike: false };
}

function fromOf({ origin, untagged }: RemoveRule): From | null {
  if (untagged === true) return 'untagged';
  const [first, ...more] = new Set(origin);
  if (first === undefined) return null;
  if (more.length === 0) return first;
  return first === 'pulled' || more.includes('pulled') ? null : 'notPulled';
}

/** Why images that a person has to tick stand together unticked, where one sentence is true of all. */
type Ground = 'newest' | 'registry' | 'last' | 'owner' | 'hidden' | 'several';

export function groundOf(items: readonly PlanItem[]): Ground {
  const codes = new Set(items.map(({ untick }) => untick?.code));
  const all = (...these: Untick['code'][]) =>
    [...codes].every((code) => code !== undefined && these.includes(code));
  if (all('newest-build')) return 'newest';
  if (all('last-version')) return 'last';
  if (all('owner')) return 'owner';
  if (all('use-incomplete')) return 'hidden';
  return all('no-registry', 'registry-lost', 'not-confirmed') ? 'registry' : 'several';
}

/**
 * What ticked images that cannot be brought back are (JUDGING §5, "Ticked or not"): builds of which a
 * newer version stays, or such as have no name and nothing is built on.
 */
export function lostIn(items: readonly PlanItem[]): { newerStays: boolean; unnamed: boolean } {
  const lost = items.filter((item) => item.kind === 'image' && item.ticked && !isHarmless(item));
  return {
    newerStays: lost.some(({ refs }) => refs.length > 0),
    unnamed: lost.some(({ refs }) => refs.length === 0),
  };
}

function keyOf(together: Together): string {
  switch (together.by) {
    case 'rule':
      return `rule:${together.rule}`;
    case 'part':
      return `part:${together.part}`;
    case 'apart':
      return `apart:${together.apart}`;
    case 'named':
    case 'name':
      return together.by;
  }
}

const weight = (group: PlanGroup) =>
  group.items.reduce((sum, item) => sum + item.reclaimable.min, 0);

/** How many kinds of things a button can name before it gets too long to read. */
const NAMED = 2;

/** Whether there are so many kinds that a button says only how many items. */
export const isMixed = (items: readonly Pick<PlanItem, 'kind'>[]) =>
  new Set(items.map(({ kind }) => kind)).size > NAMED;

/** What a choice differs from the plan in, as `plan.preview` and `plan.run` ask for it. */
export function differenceOf(plan: Plan, ticked: ReadonlySet<string>) {
  return {
    except: plan.items.filter((i) => i.ticked && !ticked.has(i.id)).map((i) => i.id),
    also: plan.items.filter((i) => !i.ticked && ticked.has(i.id)).map((i) => i.id),
  };
}
