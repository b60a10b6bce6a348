import type { Bytes, Duration } from './types.js';

/** Milliseconds of each unit of time; a day is 24 hours (JUDGING §3, Units). */
const durations: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Bytes of each unit of size: GB is a power of ten, GiB of two (JUDGING §3, Units). */
const sizes: Record<string, number> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

export const day: Duration = 86_400_000;

function measure(text: string, syntax: RegExp, units: Record<string, number>): number | null {
  const [, count, unit] = syntax.exec(text) ?? [];
  const size = unit === undefined ? undefined : units[unit];
  if (count === undefined || size === undefined) return null;
  const value = Math.round(Number(count) * size);
  return Number.isSafeInteger(value) ? value : null;
}

/** `30d`, `24h`, `5m`, `0s`, `250ms` in milliseconds; null for anything else. */
export function parseDuration(text: string): Duration | null {
  return measure(text, /^(\d{1,12})([a-z]{1,2})$/, durations);
}

/** `10GB`, `1.5GiB`, `500MB` in bytes; null for anything else. */
export function parseSize(text: string): Bytes | null {
  return measure(text, /^(\d{1,12}(?:\.\d{1,6})?)([A-Za-z]{1,3})$/, sizes);
}

/**
 * A date or a moment in milliseconds since the epoch; null for anything else. A date alone means
 * the end of that day, UTC: `until` protects through the day that it names.
 */
export function parseUntil(text: string): number | null {
  const [, date, time] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(
      text,
    ) ?? [];
  if (date === undefined) return null;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  if (time === undefined) return midnight + day;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}
