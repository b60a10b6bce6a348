import type { ItemKind, Plan, PlanItem } from '../../../main/domain/plan/types.js';
import type { RuleName } from '../../../main/domain/policy/rule-name.js';
import type { PolicyPart } from '../../../main/domain/verdict/types.js';

export { isHarmless } from '../../../main/domain/plan/lost.js';

/** Why items of a plan stand together. */
type Together =
  | ({ by: 'rule' } & RuleName)
  | { by: 'part'; part: PolicyPart }
  /** Images that no rule speaks of, and a person named. */
  | { by: 'named' }
  /** What a person has to tick (JUDGING §5). */
  | { by: 'apart'; apart: 'unrecoverable' | 'estimates' }
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
  'apart:estimates',
  'apart:unrecoverable',
  'name',
];

/**
 * A plan's items in groups: images by rule, most bytes first; then the other kinds, then what a
 * person has to tick (JUDGING §5), and volumes last.
 */
export function groupsOf(plan: Plan): PlanGroup[] {
  const groups = new Map<string, PlanGroup>();
  for (const item of plan.items) {
    const together = togetherOf(item);
    const key = keyOf(together);
    const { reason } = item;
    const byAge = reason.kind === 'remove' && reason.code !== 'named' && together.by !== 'apart';
    const unusedFor = byAge ? reason.unusedFor : null;
    const group = groups.get(key) ?? { ...together, key, unusedFor, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  const rules = [...groups.values()].filter(({ by }) => by === 'rule');
  return [
    ...rules.sort((a, b) => weight(b) - weight(a)),
    ...LATER.flatMap((key) => groups.get(key) ?? []),
  ];
}

function togetherOf({ kind, group, reason }: PlanItem): Together {
  if (kind === 'volume') return { by: 'name' };
  const part = PARTS[kind];
  if (part !== undefined) return { by: 'part', part };
  if (group !== null) return { by: 'apart', apart: group };
  if (reason.code === 'named') return { by: 'named' };
  const isRule = reason.kind === 'remove' && reason.code === 'rule';
  return isRule
    ? { by: 'rule', rule: reason.rule, subject: reason.subject }
    : { by: 'rule', rule: reason.kind };
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
