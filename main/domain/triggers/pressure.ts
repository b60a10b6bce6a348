import type { Marks } from '../disk/types.js';
import type { Millis } from '../facts.js';
import type { Bytes, Pressure } from '../policy/types.js';
import type { Latch, Look } from './types.js';

/** A disk as it was measured, in bytes; what the file system holds back counts as neither. */
export interface DiskReading {
  used: Bytes;
  available: Bytes;
}

/**
 * One reading of the engine's disk against the policy (JUDGING §7): crossing `high` fires once, and
 * not again until it was below `low`, nor within the cooldown. What is to be freed leads down to
 * `low`.
 */
export function lookAtPressure(
  latch: Latch,
  reading: DiskReading,
  rule: Pressure,
  now: Millis,
): Look {
  const { over, relieved, free } = compare(reading, rule);
  const armed = latch.armed || relieved;
  if (!over || !armed) return { latch: { ...latch, armed }, free: null, again: null };
  const cooled = latch.firedAt === null ? now : latch.firedAt + rule.cooldown;
  // A clock that was set back must not hold it off.
  if (now < cooled && now >= (latch.firedAt ?? now))
    return { latch: { ...latch, armed }, free: null, again: cooled };
  return { latch: { armed: false, firedAt: now }, free, again: null };
}

function compare({ used, available }: DiskReading, rule: Pressure) {
  if ('free' in rule)
    return {
      over: available < rule.free,
      relieved: available >= rule.to,
      free: Math.max(0, rule.to - available),
    };
  const all = used + available;
  const share = all === 0 ? 0 : (100 * used) / all;
  return {
    over: share >= rule.high,
    relieved: share < rule.low,
    free: Math.max(0, Math.ceil(used - (all * rule.low) / 100)),
  };
}

/** What a rule measures a disk by; without a rule, by share. */
export function marksOf(rule: Pressure | null): Marks {
  return rule !== null && 'free' in rule ? 'bytes' : 'share';
}

/** Bytes to be freed to come down to `low`; 0 where nothing is to. */
export function freeForPressure(reading: DiskReading, rule: Pressure): Bytes {
  return compare(reading, rule).free;
}

/** Whether a disk is at or over `high`. */
export function isOver(reading: DiskReading, rule: Pressure): boolean {
  return compare(reading, rule).over;
}

/** Whether a disk is below `low`: what was told of it is over. */
export function isRelieved(reading: DiskReading, rule: Pressure): boolean {
  return compare(reading, rule).relieved;
}
