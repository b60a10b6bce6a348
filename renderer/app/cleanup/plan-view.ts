import type { Plan, PlanItem } from '../../../main/domain/plan/types.js';

/** Items of a plan that go for one reason, or stand apart for one. */
export interface PlanGroup {
  /** A rule's id, or the plan's own name of a group that stands apart. */
  name: string;
  apart: 'unrecoverable' | 'estimates' | null;
  /** What the rule asks, in ms; null where it asks for no time. */
  unusedFor: number | null;
  items: PlanItem[];
}

const ASIDE = ['estimates', 'unrecoverable'] as const;

/** A plan's items by rule, most bytes first, then those that a person has to tick (JUDGING §5). */
export function groupsOf(plan: Plan): PlanGroup[] {
  const rules = new Map<string, PlanGroup>();
  const apart = new Map<string, PlanGroup>();
  for (const item of plan.items) {
    const { reason } = item;
    const rule =
      reason.kind !== 'remove' ? reason.kind : reason.code === 'rule' ? reason.rule : reason.part;
    const name = item.group ?? rule;
    const groups = item.group === null ? rules : apart;
    const group = groups.get(name) ?? {
      name,
      apart: item.group,
      unusedFor: item.group === null && reason.kind === 'remove' ? reason.unusedFor : null,
      items: [],
    };
    group.items.push(item);
    groups.set(name, group);
  }
  const byBytes = [...rules.values()].sort((a, b) => weight(b) - weight(a));
  return [...byBytes, ...ASIDE.flatMap((name) => apart.get(name) ?? [])];
}

const weight = (group: PlanGroup) =>
  group.items.reduce((sum, item) => sum + item.reclaimable.min, 0);

/** What a choice differs from the plan in, as `plan.preview` and `plan.run` ask for it. */
export function differenceOf(plan: Plan, ticked: ReadonlySet<string>) {
  return {
    except: plan.items.filter((i) => i.ticked && !ticked.has(i.id)).map((i) => i.id),
    also: plan.items.filter((i) => !i.ticked && ticked.has(i.id)).map((i) => i.id),
  };
}

/** Whether an image that went can be had again, as far as is known. */
export const comesBack = (state: PlanItem['recoverable']['state']) =>
  state === 'verified' || state === 'likely';
