import type { Result } from '../../main/contract/commands.js';
import { DAY, NOW } from './base.js';

const HOUR = DAY / 24;
/** Hours ago, and the bytes that were freed. */
const CLEAN_UPS = [
  [20 * 24, 9.8e9],
  [12 * 24, 10.5e9],
  [3 * 24, 13.3e9],
] as const;

/** A month of the engine's disk with three clean-ups, as full today as its gauge says. */
export function monthOf(used: number, available: number): Result<'samples.get'> {
  const freed = CLEAN_UPS.reduce((sum, [, bytes]) => sum + bytes, 0);
  const grown = 36e9;
  const samples = Array.from({ length: 30 * 24 }, (_, n) => {
    const ago = 30 * 24 - 1 - n;
    const until = CLEAN_UPS.filter(([at]) => at >= ago).reduce((sum, [, b]) => sum + b, 0);
    const then = used + freed - until - (grown * ago) / (30 * 24);
    const full = Math.min(then, used + available);
    return { at: NOW - ago * HOUR, used: full, available: used + available - full };
  });
  return {
    samples,
    cleanUps: CLEAN_UPS.map(([ago, bytes]) => ({ at: NOW - ago * HOUR, freed: bytes })),
  };
}
