import type { Millis } from '../facts.js';
import type { Bytes } from '../policy/types.js';
import { day } from '../policy/units.js';
import type { Latch, Look } from './types.js';

/**
 * The images' bytes on the disk against the policy's budget for them: above `max` it fires for what
 * leads down to `to`; not again until they were no more than `to`, or a day later.
 */
export function lookAtBudget(
  latch: Latch,
  onDisk: Bytes,
  { max, to }: { max: Bytes; to: Bytes },
  now: Millis,
): Look {
  const armed = latch.armed || onDisk <= to;
  if (onDisk <= max) return { latch: { ...latch, armed }, free: null, again: null };
  const again = latch.firedAt === null ? now : latch.firedAt + day;
  // A clock that was set back must not hold it off.
  if (!armed && now < again && now >= (latch.firedAt ?? now))
    return { latch: { ...latch, armed }, free: null, again };
  return { latch: { armed: false, firedAt: now }, free: onDisk - to, again: now + day };
}
