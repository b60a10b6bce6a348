import { Cron } from 'croner';
import type { Millis } from '../facts.js';

/**
 * When a schedule comes next after a moment, by this machine's local time; null when never.
 *
 * @param schedule a cron expression as the policy's parser lets it through
 */
export function nextRun(schedule: string, after: Millis): Millis | null {
  const cron = new Cron(schedule, { mode: '5-part', paused: true });
  return cron.nextRun(new Date(after))?.getTime() ?? null;
}

/**
 * Milliseconds after a start or a wake in which the machine has better to do, and no network yet; a
 * part more is left to chance, so that not every machine asks at once.
 */
export const rest = { start: 120_000, wake: 30_000 };

/** Milliseconds for which nothing begins once the machine is about to sleep, should it not. */
export const beforeSleep = 60_000;

/** Of a scheduled moment: milliseconds that it may come later, and the part of the time to the next. */
const mostLate = { ms: 5 * 60_000, part: 0.1 };

/** When a schedule is to be answered: a moment that has passed was missed, however many have. */
export interface Due {
  /** The first moment that is not answered yet. */
  at: Millis;
  /** The same with what of it is left to chance. */
  begins: Millis;
}

/**
 * What of a schedule is not answered yet, or comes next; null when never.
 *
 * @param since the moment up to which it is answered
 * @param chance from 0 to 1
 */
export function dueAfter(schedule: string, since: Millis, chance: number): Due | null {
  const at = nextRun(schedule, since);
  if (at === null) return null;
  const next = nextRun(schedule, at) ?? Infinity;
  return { at, begins: at + chance * Math.min(mostLate.ms, mostLate.part * (next - at)) };
}
