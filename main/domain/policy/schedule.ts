import { Cron, CronPattern } from 'croner';
import type { Millis } from '../facts.js';

/** Five fields, or a name such as `@daily`: as far as a regular expression can tell. */
export const scheduleSyntax = /^\s*(@[a-z]+|\S+(\s+\S+){4})\s*$/;

/** The names of usual schedules, for which a misspelt one may have been meant. */
export const scheduleNames = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'] as const;

/** A cron expression of five fields or a name, as it is; null when it is none. */
export function parseSchedule(text: string): string | null {
  try {
    new CronPattern(text, undefined, { mode: '5-part' });
    return text;
  } catch {
    return null;
  }
}

/**
 * Whether a schedule that parses ever comes: `0 0 30 2 *` does not.
 *
 * @param from from when on to look; the zone is of no matter to it
 */
export function everComes(schedule: string, from: Millis): boolean {
  const cron = new Cron(schedule, { mode: '5-part', timezone: 'UTC', paused: true });
  return cron.nextRun(new Date(from)) !== null;
}
