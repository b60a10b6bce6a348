import type { Millis } from '../facts.js';
import type { ModeInForce } from './types.js';

/**
 * The mode of a container that something else put another image under: of two updaters only one may
 * act by itself. Only a person's own entry for this very container stands above it (UPDATING §1).
 */
export function sinceRecreated(mode: ModeInForce, at: Millis): ModeInForce {
  if (mode.mode !== 'auto' || mode.reason.by === 'name') return mode;
  return {
    ...mode,
    mode: 'notify',
    reason: { by: 'recreated', at },
    also: [...mode.also, { mode: 'auto', reason: mode.reason }],
  };
}
