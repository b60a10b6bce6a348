import type { Forecast } from '../../domain/forecast/forecast.js';
import { day, hour, midnightsTo, unitsAhead, type TimeStyle } from '../time.js';
import type { Ahead } from '../types.js';
import { capital, plural, type format } from './format.js';

/** What is to come: a full disk, and what happens next by itself. */
export function ahead(f: ReturnType<typeof format>, style: TimeStyle) {
  const dayTime = (at: number, now: number): string => {
    const midnights = midnightsTo(now, at, style);
    const on = ['today', 'tomorrow'][midnights] ?? `on ${f.date(at, now)}`;
    return `${on} ${f.time(at)}`;
  };
  /** No finer than an hour: what is told so long before changes no oftener. */
  const roughly = (at: number, now: number): string => {
    if (at - now >= day) return dayTime(at, now);
    return at - now < hour ? 'within the hour' : f.when(at, now);
  };
  const steps = ({ cleanUp, check }: Ahead, now: number): string | null => {
    const parts = [
      ...(cleanUp === null ? [] : [`clean up ${dayTime(Math.max(cleanUp, now), now)}`]),
      ...(check === null ? [] : [`check for updates ${roughly(check, now)}`]),
    ];
    return parts.length === 0 ? null : parts.join(', ');
  };
  return {
    /** When a disk is full, with its bounds: `Full in about 9 days (6 to 14)`. */
    full(forecast: Forecast, now: number): string {
      const { unit, likely, first, last } = unitsAhead(forecast, now);
      const bounds = first === last ? '' : ` (${first} to ${last})`;
      return `Full in about ${plural(likely, unit)}${bounds}`;
    },
    /** What that rests on. */
    fullIf:
      'That supposes that it goes on filling as in the last 30 days and that nothing is cleaned up meanwhile.',
    /** What happens next by itself, in one line; null: nothing. */
    next: (plan: Ahead, now: number): string | null => {
      const text = steps(plan, now);
      return text && `Next: ${text}`;
    },
    /** The same under a heading that says so. */
    steps: (plan: Ahead, now: number): string | null => {
      const text = steps(plan, now);
      return text && capital(text);
    },
  };
}
