import type { PolicyProblem } from '../../../main/domain/errors.js';
import type { PartCount } from '../../../main/domain/plan/part-counts.js';
import { checkPolicy, type PolicyLint } from '../../../main/domain/policy/check.js';
import { isPlace } from '../../../main/domain/policy/rule-name.js';
import type { Policy } from '../../../main/domain/policy/types.js';
import type { PolicyPart } from '../../../main/domain/verdict/types.js';

export type RuleKind = 'protect' | 'keep' | 'remove';
export const ruleKinds: readonly RuleKind[] = ['protect', 'keep', 'remove'];

/** A rule and the line that it begins on, from 1. */
export interface RuleLine {
  kind: RuleKind;
  id: string;
  line: number;
}

/** What a text says, or all that is wrong with it. */
export type Reading =
  { policy: Policy; lints: PolicyLint[]; rules: RuleLine[] } | { problems: PolicyProblem[] };

export function readText(text: string, now: number): Reading {
  const checked = checkPolicy(text, now);
  if ('problems' in checked) return checked;
  const { policy, source, lints } = checked;
  const rules = ruleKinds.flatMap((kind) =>
    policy[kind].map(({ id }, place): RuleLine => ({
      kind,
      id,
      line: source.placeOf([kind, place], 'value').line,
    })),
  );
  return { policy, lints, rules };
}

/** How much one rule decides. */
export interface RuleCount {
  kind: RuleKind;
  rule: string;
  images: number;
}

/** A rule's count by the draft beside that by the saved policy; null where it is not known or not there. */
export interface Counted {
  images: number | null;
  was: number | null;
}

const keyOf = (kind: RuleKind, id: string) => `${kind} ${id}`;

/**
 * The counts of a draft's rules. A rule without an id is named by its place; where rules came or
 * went it is compared with the saved one that says the same.
 *
 * @param now by the draft; null while that is not known
 * @param before by the saved policy
 */
export function countsOf(
  draft: Policy,
  saved: Policy | null,
  now: readonly RuleCount[] | null,
  before: readonly RuleCount[],
): ReadonlyMap<string, Counted> {
  const find = (counts: readonly RuleCount[], kind: RuleKind, id: string) =>
    counts.find((one) => one.kind === kind && one.rule === id)?.images ?? null;
  const counted = new Map<string, Counted>();
  for (const kind of ruleKinds)
    for (const rule of draft[kind]) {
      const twin = saved === null ? null : twinOf(rule, draft[kind], saved[kind]);
      counted.set(keyOf(kind, rule.id), {
        images: now === null ? null : find(now, kind, rule.id),
        was: twin === null ? null : find(before, kind, twin),
      });
    }
  return counted;
}

export const countOf = (
  counts: ReadonlyMap<string, Counted>,
  kind: RuleKind,
  id: string,
): Counted => counts.get(keyOf(kind, id)) ?? { images: null, was: null };

/** The ID of the saved rule that a draft's rule is: the same name, else the same words, else the same place. */
function twinOf<R extends { id: string }>(
  rule: R,
  draft: readonly R[],
  saved: readonly R[],
): string | null {
  const says = (one: R) => JSON.stringify({ ...one, id: '' });
  if (!isPlace(rule.id)) return saved.find(({ id }) => id === rule.id)?.id ?? null;
  const same = saved.find((one) => isPlace(one.id) && says(one) === says(rule));
  if (same !== undefined) return same.id;
  return saved.length === draft.length && saved.some(({ id }) => id === rule.id) ? rule.id : null;
}

/** For how many containers an update entry holds, by the draft and by the saved policy; null: it was not there. */
export interface EntryCounted {
  now: number;
  was: number | null;
}

/**
 * The counts of a draft's update entries, in their order. Entries have no names: one is the saved one
 * that says the same, or where none came or went that of its place.
 *
 * @param count of entries in their order
 */
export function entriesOf<E>(
  draft: readonly E[],
  saved: readonly E[],
  count: (entries: readonly E[]) => readonly number[],
): EntryCounted[] {
  const before = count(saved);
  const says = saved.map((entry) => JSON.stringify(entry));
  return count(draft).map((now, place) => {
    const same = says.indexOf(JSON.stringify(draft[place]));
    const twin = same < 0 && saved.length === draft.length ? place : same;
    return { now, was: before[twin] ?? null };
  });
}

/** What a part of the draft takes beside what that of the saved policy does; null while that is not known. */
export interface PartCounted {
  now: PartCount | null;
  was: PartCount | null;
}

/** @param now by the draft; null while that is not known */
export function partsOf(
  now: readonly PartCount[] | null,
  before: readonly PartCount[],
): (part: PolicyPart) => PartCounted {
  const find = (counts: readonly PartCount[], part: PolicyPart) =>
    counts.find((one) => one.part === part) ?? null;
  return (part) => ({ now: now && find(now, part), was: find(before, part) });
}
