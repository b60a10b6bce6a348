import type { Millis } from '../facts.js';
import {
  isStricter,
  isUnconditional,
  keepsAll,
  protectsAll,
  removesAll,
  selectsAll,
} from './covers.js';
import type { Path } from './keys.js';
import type { FoundLint, LintCode } from './lint-codes.js';
import { lintsOfUpdate } from './lint-update.js';
import { isByNamesAlone } from './match.js';
import { neverMatches, platformMeant } from './never.js';
import { everComes } from './schedule.js';
import type { Policy, Selector } from './types.js';

/**
 * What a valid policy says that is hardly meant.
 *
 * @param now what `until` is compared with
 */
export function lintsOf(policy: Policy, now: Millis): FoundLint[] {
  const lints: FoundLint[] = [];
  const add = (code: LintCode, at: Path, more: Partial<FoundLint> = {}) =>
    lints.push({ code, at, rule: null, suggestion: null, ...more });
  const { protect, keep, remove, triggers } = policy;

  const { schedule, afterUpdate, pressure, images } = triggers;
  if (policy.mode === 'auto' && !schedule && !afterUpdate && !pressure && !images)
    add('auto-without-trigger', ['mode']);
  if (schedule !== null && !everComes(schedule, now))
    add('schedule-never', ['triggers', 'schedule']);

  protect.forEach((rule, i) => {
    const at = ['protect', i];
    if (rule.until !== null && rule.until <= now) add('until-past', [...at, 'until']);
    else if (selectsEverything(rule)) add('keeps-everything', at);
    pointless(protect, i, protectsAll, (other) => add('rule-pointless', at, { rule: other }));
  });
  keep.forEach((rule, i) => {
    const at = ['keep', i];
    if (isUnconditional(rule) && selectsEverything(rule)) add('keeps-everything', at);
    pointless(keep, i, keepsAll, (other) => add('rule-pointless', at, { rule: other }));
  });
  remove.forEach((rule, i) => {
    const at = ['remove', i];
    const keeper = [
      ...protect.filter(({ until }) => until === null),
      ...keep.filter(isUnconditional),
    ].find((other) => selectsAll(other, rule));
    if (keeper !== undefined) add('never-removes', at, { rule: keeper.id });
    else pointless(remove, i, removesAll, (other) => add('rule-pointless', at, { rule: other }));
    if (rule.mode !== null && isStricter(policy.mode, rule.mode))
      add('mode-no-effect', [...at, 'mode']);
  });

  const lists = { protect, keep, remove };
  for (const [list, rules] of Object.entries(lists))
    rules.forEach((rule: Selector, i) => {
      place(rule.match, [list, i, 'match'], neverMatches, (at, suggestion) =>
        add('never-matches', at, { suggestion }),
      );
      place(rule.platform, [list, i, 'platform'], platformMeant, (at, suggestion) =>
        add('never-matches', at, { suggestion }),
      );
    });
  return [...lints, ...lintsOfUpdate(policy.update)];
}

/** Of two rules that say the same, the second is the pointless one. */
function pointless<R extends { id: string }>(
  rules: readonly R[],
  i: number,
  covers: (wider: R, narrower: R) => boolean,
  tell: (other: string) => void,
): void {
  const rule = rules[i] as R;
  const other = rules.find(
    (one, j) => i !== j && covers(one, rule) && (j < i || !covers(rule, one)),
  );
  if (other !== undefined) tell(other.id);
}

function selectsEverything(rule: Selector): boolean {
  return isByNamesAlone(rule) && (rule.match === null || rule.match.includes('**'));
}

/** Asks each text of a key that is one or a list; tells where it stands if something is wrong. */
function place(
  texts: readonly string[] | null,
  at: Path,
  meant: (text: string) => { meant: string | null } | null,
  tell: (at: Path, suggestion: string | null) => void,
): void {
  texts?.forEach((text, i) => {
    const wrong = meant(text);
    if (wrong !== null) tell([...at, i], wrong.meant);
  });
}
