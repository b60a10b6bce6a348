import type { Bytes, Duration } from './types.js';

/** Milliseconds of each unit of time; a day is 24 hours (JUDGING §3, Units). */
const durations = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Bytes of each unit of size: GB is a power of ten, GiB of two (JUDGING §3, Units). */
const sizes = {
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

export const day: Duration = durations.d;
export const hour: Duration = durations.h;

const unitsOf = (units: Record<string, number>) => Object.keys(units).join('|');

/** How each is written; for the published schema as for the parser. */
export const syntax = {
  duration: new RegExp(`^(\\d{1,12})(${unitsOf(durations)})$`),
  size: new RegExp(`^(\\d{1,12}(?:\\.\\d{1,6})?)(${unitsOf(sizes)})$`),
  percent: /^(100|\d{1,2}(?:\.\d{1,2})?)%$/,
  until: /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/,
};

function measure(text: string, written: RegExp, units: Record<string, number>): number | null {
  const [, count, unit] = written.exec(text) ?? [];
  const size = unit === undefined ? undefined : units[unit];
  if (count === undefined || size === undefined) return null;
  const value = Math.round(Number(count) * size);
  return Number.isSafeInteger(value) ? value : null;
}

/** `30d`, `24h`, `5m`, `0s`, `250ms` in milliseconds; null for anything else. */
export function parseDuration(text: string): Duration | null {
  return measure(text, syntax.duration, durations);
}

/** `10GB`, `1.5GiB`, `500MB` in bytes; null for anything else. */
export function parseSize(text: string): Bytes | null {
  return measure(text, syntax.size, sizes);
}

/** `85%` or `99.5%` as a number from 0 to 100; null for anything else. */
export function parsePercent(text: string): number | null {
  const number = syntax.percent.exec(text)?.[1];
  return number === undefined ? null : Number(number);
}

/**
 * A date or a moment in milliseconds since the epoch; null for anything else. A date alone means
 * the end of that day, UTC: `until` protects through the day that it names.
 */
export function parseUntil(text: string): number | null {
  const [, date, time] = syntax.until.exec(text) ?? [];
  if (date === undefined) return null;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  if (time === undefined) return midnight + day;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}

const largestFirst = (units: Record<string, number>) =>
  Object.entries(units).sort(([, a], [, b]) => b - a);

/** Milliseconds as a policy writes them: `90m`, `24h`, `14d`; days only from two on. */
export function writeDuration(ms: Duration): string {
  const fits = ([unit, size]: [string, number]) =>
    ms % size === 0 && (unit !== 'd' || ms >= 2 * day);
  const [unit, size] = (ms === 0 ? null : largestFirst(durations).find(fits)) ?? ['s', 1_000];
  return `${ms / size}${unit}`;
}

/** Bytes as a policy writes them, in the largest unit that leaves no more than three decimals. */
export function writeSize(bytes: Bytes): string {
  const fits = ([, size]: [string, number]) => bytes >= size && (bytes * 1_000) % size === 0;
  const [unit, size] = largestFirst(sizes).find(fits) ?? ['B', 1];
  return `${bytes / size}${unit}`;
}
