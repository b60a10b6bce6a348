import { Cron } from 'croner';
import type { Duration } from '../../policy/types.js';
import { spanOf } from '../labels/watchtower.js';

/** Runs that are looked at: two weeks of a schedule of days. */
const looked = 15;

/**
 * How far apart a schedule's runs are, in ms, if they are so evenly; null for any other, and for what
 * is none. Watchtower's have six fields, the first being seconds, of which the last may be left out;
 * or read `@every 6h`.
 */
export function everyOf(schedule: string): Duration | null {
  const [, span] = /^@every\s+(\S+)$/.exec(schedule) ?? [];
  if (span !== undefined) return spanOf(span);
  const runs = runsOf(schedule).map((run) => run.getTime());
  const gaps = new Set(runs.slice(1).map((run, i) => run - (runs[i] ?? run)));
  const [only] = gaps;
  return gaps.size === 1 && only !== undefined ? only : null;
}

function runsOf(schedule: string): Date[] {
  try {
    const fields = schedule.trim().split(/\s+/);
    const whole = fields.length === 5 ? [...fields, '*'] : fields;
    const cron = new Cron(whole.join(' '), { timezone: 'UTC', paused: true });
    return cron.nextRuns(looked, new Date(0));
  } catch {
    return [];
  }
}
