import type { Gauge } from '../disk/types.js';
import type { Millis } from '../facts.js';
import type { Policy } from '../policy/types.js';
import { lookAtPressure } from './pressure.js';
import type { Latch, Look } from './types.js';

/** Percent below the mark at which it may be told anew, and milliseconds between two notices. */
const hysteresis = 5;
const cooldown = 6 * 3_600_000;

/** The two disks as they were read; `same` where they are one. */
interface Disks {
  engine: Gauge;
  host: Gauge;
  same: boolean;
}

/**
 * One reading of the host's disk against `hostNotice` (JUDGING §7). Null where there is nothing to
 * look at: no rule, no figure, no engine met yet whose disk this may be too, or one disk that pressure
 * speaks of already.
 */
export function lookAtHost(
  latch: Latch,
  { engine, host, same }: Disks,
  { mode, triggers }: Pick<Policy, 'mode' | 'triggers'>,
  now: Millis,
): Look | null {
  const { hostNotice: high, pressure } = triggers;
  const { used, available } = host;
  if (high === null || used === null || available === null) return null;
  if (engine.missing?.why === 'no-engine') return null;
  if (same && pressure !== null && mode !== 'suggest') return null;
  const rule = { high, low: Math.max(1, high - hysteresis), cooldown };
  return lookAtPressure(latch, { used, available }, rule, now);
}
