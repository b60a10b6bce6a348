import type { Millis } from '../facts.js';
import { nextDecision, type Claim, type Claims } from './claims.js';
import type { Age, ChangesWhen, Reason } from './types.js';

/**
 * When a verdict would change: the moment at which time alone makes something else decide (nothing
 * does before), and what else would make it.
 */
export function changesWhen(
  claims: Claims,
  decided: Claim,
  reason: Reason,
  now: Millis,
  age: Age | null,
): ChangesWhen[] {
  const at = nextDecision(claims, decided, now);
  const on = onWhat(reason, age);
  if (at === Infinity) return [{ on: on ?? 'fact' }];
  return on === null ? [{ at }] : [{ at }, { on }];
}

type Cause = Extract<ChangesWhen, { on: unknown }>['on'];

function onWhat(reason: Reason, age: Age | null): Cause | null {
  switch (reason.kind) {
    case 'hold':
      if (reason.code === 'used') return 'containerGone';
      return reason.code === 'rollback' ? null : 'fact';
    case 'protect':
      return reason.code === 'container-label' ? 'containerGone' : 'ruleChange';
    case 'grace':
      return null;
    case 'keep':
      if (reason.code !== 'rule') return null;
      if (reason.rank !== null) return 'newerVersion';
      return reason.usedWithin === null ? 'ruleChange' : age === null ? 'fact' : null;
    case 'default':
      return 'ruleChange';
    case 'remove':
      return 'fact';
  }
}
