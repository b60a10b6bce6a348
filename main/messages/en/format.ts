import type { Reclaimable } from '../../domain/verdict/types.js';
import { bytesParts, bytesText } from '../bytes.js';
import { count } from '../count.js';
import {
  day,
  interval,
  midnightsTo,
  minute,
  passed,
  sameYear,
  span,
  took,
  type Amount,
  type TimeStyle,
} from '../time.js';

/** `1 image`, `2 images`; `many` where the plural takes more than an s. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

const amount = ({ n, unit }: Amount) => plural(n, unit);

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `web`, `web and db`, `web, db and 3 more`. */
export function list(names: readonly string[], shown = 3): string {
  const first = names.slice(0, names.length > shown ? shown - 1 : shown);
  const more = names.length - first.length;
  const parts = more > 0 ? [...first, `${count(more)} more`] : first;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `1st`, `2nd`, `11th`. */
export function ordinal(n: number): string {
  const suffix = { one: 'st', two: 'nd', few: 'rd', other: 'th' } as Record<string, string>;
  return `${n}${suffix[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)] ?? 'th'}`;
}

export function format(style: TimeStyle) {
  const date = (ms: number, now: number) =>
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'long',
      ...(sameYear(ms, now, style) ? {} : { year: 'numeric' }),
      ...style,
    }).format(ms);
  const time = (ms: number) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...style }).format(ms);
  return {
    bytes: bytesText,
    bytesParts,
    /** With its certainty: `14.2 GB`, `about …`, `at least …`, `at most …`. */
    reclaimable(r: Reclaimable): string {
      switch (r.certainty) {
        case 'exact':
          return bytesText(r.min);
        case 'at-least':
          return `at least ${bytesText(r.min)}`;
        case 'at-most':
          return `at most ${bytesText(r.max)}`;
        case 'range':
          return `about ${bytesText((r.min + r.max) / 2)}`;
      }
    },
    /** Both ends of a range, to stand under it: `12.9 GB to 15.6 GB`. */
    range: (r: Reclaimable) => `${bytesText(r.min)} to ${bytesText(r.max)}`,
    /** The time passed since, without "ago": `94 days`. */
    age: (since: number, now: number) => amount(passed(now - since)),
    /** Relative within a day, else a date; the year where it is another one. */
    when(ms: number, now: number): string {
      const distance = Math.abs(now - ms);
      if (distance >= day) return date(ms, now);
      if (distance < minute) return ms > now ? 'in a moment' : 'just now';
      const text = amount(passed(distance));
      return ms > now ? `in ${text}` : `${text} ago`;
    },
    date,
    /** A day as the head of what happened on it: `Today`, `Sunday 22 November`. */
    dayHead: (ms: number, now: number) =>
      ['Today', 'Yesterday'][midnightsTo(ms, now, style)] ??
      `${new Intl.DateTimeFormat('en-GB', { weekday: 'long', ...style }).format(ms)} ${date(ms, now)}`,
    /** The time of day: `10:42`. */
    time,
    /** A moment that stays as it is told while the clock goes on: `10:42`, `23 November, 10:42`. */
    clock: (ms: number, now: number) =>
      midnightsTo(ms, now, style) === 0 ? time(ms) : `${date(ms, now)}, ${time(ms)}`,
    /** A span as a policy names it: `24 hours`, `90 days`. */
    duration: (ms: number) => amount(span(ms)),
    /** How often: `every hour`, `every 6 hours`. */
    every(ms: number): string {
      const each = interval(ms);
      return `every ${each.n === 1 ? each.unit : amount(each)}`;
    },
    /** How long something took, as exactly as it is told apart: `0.3 s`, `12 s`, `2 min 5 s`. */
    seconds(ms: number): string {
      const { minutes, seconds } = took(ms);
      return minutes === 0 ? `${seconds} s` : `${count(minutes)} min ${seconds} s`;
    },
    count,
  };
}
