import type { Millis } from '../facts.js';
import { nextDecision, type Claim, type Claims } from './claims.js';
import type { Age, ChangesWhen } from './types.js';

/**
 * When a verdict would change: the moment at which time alone makes something else decide (nothing
 * does before), and what else would make it.
 */
export function changesWhen(
  claims: Claims,
  decided: Claim,
  now: Millis,
  age: Age | null,
): ChangesWhen[] {
  const at = nextDecision(claims, now);
  const changes: ChangesWhen[] = at === Infinity ? [] : [{ at }];
  const on = onWhat(decided, age);
  if (on !== null) changes.push({ on });
  else if (changes.length === 0) changes.push({ on: 'fact' });
  return changes;
}

type Cause = Extract<ChangesWhen, { on: unknown }>['on'];

function onWhat(decided: Claim, age: Age | null): Cause | null {
  const reason = decided.reason();
  switch (reason.kind) {
    case 'hold':
      if (reason.code === 'used') return 'containerGone';
      return reason.code === 'rollback' ? null : 'fact';
    case 'protect':
      return reason.code === 'container-label' ? 'containerGone' : 'ruleChange';
    case 'grace':
      return null;
    case 'keep':
      if (reason.rank !== null) return 'newerVersion';
      return reason.usedWithin === null ? 'ruleChange' : age === null ? 'fact' : null;
    case 'default':
      return 'ruleChange';
    case 'remove':
      return 'fact';
  }
}
