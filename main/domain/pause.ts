import type { Millis } from './facts.js';
import { hour } from './policy/units.js';

/** How long a person pauses Careen: days are whole ones, up to a morning. */
export type PauseFor = 'hour' | 'tomorrow' | { days: number };

/** Days that are offered beside the next one. */
export const pauseDays = [2, 3, 7, 14] as const;

/** The hour at which a working day has begun, by the local clock. */
const morning = 8;

/** The moment until which a pause lasts that begins at `now`; mornings are this machine's. */
export function pauseEnd(howLong: PauseFor, now: Millis): Millis {
  if (howLong === 'hour') return now + hour;
  const days = howLong === 'tomorrow' ? 1 : howLong.days;
  const end = new Date(now);
  end.setDate(end.getDate() + days);
  end.setHours(morning, 0, 0, 0);
  return end.getTime();
}
