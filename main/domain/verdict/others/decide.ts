import type { Millis } from '../../facts.js';
import type { OwnerHold } from '../../owners/types.js';
import type { Reaches } from '../age.js';
import type { Age, ChangesWhen, JudgedOther, PolicyPart, Reason } from '../types.js';

/** By which clock and until when; see `JudgeOptions`. */
export interface Timing {
  now: Millis;
  reaches: Reaches;
  /** IDs of what a person named; see `JudgeOptions`. */
  named: ReadonlySet<string>;
}

type Decision = Pick<JudgedOther, 'verdict' | 'decidedBy' | 'changesWhen'>;

export const onFact: ChangesWhen[] = [{ on: 'fact' }];

/** What goes because a person named it, where its part of the policy is switched off. */
const asked: Decision = {
  verdict: 'remove',
  decidedBy: { kind: 'remove', code: 'named' },
  changesWhen: onFact,
};

/** What is kept; without `changesWhen` for a reason that time does not end. */
export function kept(
  decidedBy: Reason,
  changesWhen: ChangesWhen[] = decidedBy.kind === 'default' ? [{ on: 'ruleChange' }] : onFact,
): Decision & { verdict: 'keep' } {
  return { verdict: 'keep', decidedBy, changesWhen };
}

/** What is no image goes once it was unused for longer than its part of the policy says. */
export function byAge(
  id: string,
  part: PolicyPart,
  { enabled, unusedFor }: { enabled: boolean; unusedFor: number },
  age: Age | null,
  { now, reaches, named }: Timing,
): Decision {
  if (!enabled) return named.has(id) ? asked : kept({ kind: 'default', code: 'not-enabled', part });
  const at = age === null ? Infinity : reaches(age, unusedFor);
  if (at > now) {
    const changes = at === Infinity ? onFact : [{ at }];
    return kept({ kind: 'keep', code: 'young', part, unusedFor, age }, changes);
  }
  const decidedBy: Reason = { kind: 'remove', code: 'part', part, unusedFor, age, keep: null };
  return { verdict: 'remove', decidedBy, changesWhen: onFact };
}

/**
 * What an owner needs, or a project that no owner speaks for: it stopped, and will come up again
 * (OWNERS §1.7, §5). Null when neither is known.
 */
export function heldFor(hold: OwnerHold | null, project: string | null): Decision | null {
  if (hold === null)
    return project === null ? null : kept({ kind: 'hold', code: 'project', project });
  const { kind, tool, unit, until } = hold;
  const reason: Reason =
    kind === 'compose' && unit !== null
      ? { kind: 'hold', code: 'project', project: unit }
      : { kind: 'hold', code: 'owner', owner: kind, tool, unit };
  return kept(reason, until === Infinity ? onFact : [{ at: until }, { on: 'fact' }]);
}

/** Containers in any state that use something, told by name; unknown is a hold in every mode. */
export function heldByUse(usedBy: readonly string[] | null): Decision | null {
  if (usedBy === null) return kept({ kind: 'hold', code: 'fact-unknown', fact: 'usedBy' });
  if (usedBy.length === 0) return null;
  const containers = [...new Set(usedBy)].sort();
  return kept({ kind: 'hold', code: 'used', containers }, [{ on: 'containerGone' }]);
}

/** Whose it is, as a person knows it: the owner's unit, else the owner. */
export const unitOf = ({ tool, unit }: Pick<OwnerHold, 'tool' | 'unit'>): string => unit ?? tool;
