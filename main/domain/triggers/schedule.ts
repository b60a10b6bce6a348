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
