import { CareenError } from '../../domain/errors.js';
import type { Policy } from '../../domain/policy/types.js';
import { type PolicyWidening, wideningOf } from '../../domain/policy/widening.js';
import type { CommandContext, Widening } from './types.js';

export const autoMode: PolicyEffect = { kind: 'auto-mode', change: null };
export const autoUpdate: PolicyEffect = { kind: 'auto-update', containers: null };

/**
 * What a person agrees to before a policy takes another's place (DESIGN §6); `before` is null where that
 * cannot be read. Throws `not-confirmed`.
 */
export async function agreedToWiden(
  context: CommandContext,
  before: Policy | null,
  after: Policy,
): Promise<void> {
  const widening = wideningOf(before, after);
  if (widening) for (const effect of effectsOf(widening)) await agreed(context, effect);
}

function effectsOf(widening: PolicyWidening): PolicyEffect[] {
  const { cleansItself, updatesItself, unprotects, unprotectsMany, probes, hooks } = widening;
  const effects: PolicyEffect[] = [];
  if (cleansItself)
    effects.push(
      cleansItself.length === 0 ? autoMode : { kind: 'auto-mode', change: cleansItself.join(', ') },
    );
  if (updatesItself)
    effects.push({
      kind: 'auto-update',
      containers: updatesItself === 'all' ? null : updatesItself,
    });
  // One image at a time is what the window's own toggle takes off (DESIGN §6).
  const unprotected = unprotectsMany ? unprotects : [];
  if (unprotected.length > 0 || probes.length > 0 || hooks)
    effects.push({ kind: 'policy-reach', unprotected, probes, hooks });
  return effects;
}

/** What a policy can widen. */
export type PolicyEffect = Exclude<Widening, { kind: 'foreign-endpoint' | 'unprotect' }>;

const acts = {
  'auto-mode': 'auto',
  'auto-update': 'auto-update',
  'policy-reach': 'policy-reach',
} satisfies Record<PolicyEffect['kind'], string>;

/** Throws `not-confirmed` where a person does not want what a change of the policy would bring. */
export async function agreed(context: CommandContext, effect: PolicyEffect): Promise<void> {
  if (await context.confirm(effect)) return;
  throw new CareenError('not-confirmed', { act: acts[effect.kind] });
}
