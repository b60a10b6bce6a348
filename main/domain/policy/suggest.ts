import { nearest, type Expected } from './problems.js';
import { scheduleNames } from './schedule.js';
import { parseDuration, parseSize, parseUntil, writeDuration } from './units.js';

/** What a value was probably meant to be, written as the policy wants it; null where it is open. */
export function suggested(expected: Expected, value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value).trim();
  return Object.hasOwn(guesses, expected) ? (guesses[expected]?.(text) ?? null) : null;
}

const guesses: Partial<Record<Expected, (text: string) => string | null>> = {
  duration: durationLike,
  size: sizeLike,
  percent: percentLike,
  date: dateLike,
  schedule: (text) => (text.startsWith('@') ? nearest(text, scheduleNames) : null),
  'true-or-false': (text) => truths[text.toLowerCase()] ?? null,
  count: (text) => (/^[1-9]\d{0,8}$/.test(text) ? text : null),
  'whole-number': (text) => (/^\d{1,9}$/.test(text) ? text : null),
};

/** YAML 1.1 took these for booleans; YAML 1.2 reads them as texts. */
const truths: Readonly<Record<string, string>> = {
  true: 'true',
  yes: 'true',
  on: 'true',
  y: 'true',
  false: 'false',
  no: 'false',
  off: 'false',
  n: 'false',
};

/** What people call a unit of time, its unit here, and how many of those. */
const spans: readonly [RegExp, string, number][] = [
  [/^(ms|millis|milliseconds?)$/, 'ms', 1],
  [/^(s|secs?|seconds?)$/, 's', 1],
  [/^(m|mins?|minutes?)$/, 'm', 1],
  [/^(h|hrs?|hours?)$/, 'h', 1],
  [/^(d|days?)$/, 'd', 1],
  [/^(w|wks?|weeks?)$/, 'd', 7],
];

function durationLike(text: string): string | null {
  if (text === '0') return '0s';
  const [, count, name = ''] = /^(\d{1,9}(?:\.\d{1,3})?)\s*([A-Za-z]+)$/.exec(text) ?? [];
  const [, unit, times = 1] = spans.find(([names]) => names.test(name.toLowerCase())) ?? [];
  if (count === undefined || unit === undefined) return null;
  const meant = `${Number(count) * times}${unit}`;
  if (parseDuration(meant) !== null) return meant;
  const ms = Number(count) * times * (parseDuration(`1${unit}`) ?? 0);
  return Number.isSafeInteger(ms) ? writeDuration(ms) : null;
}

function sizeLike(text: string): string | null {
  if (text === '0') return '0B';
  const [, count, prefix = '', binary = ''] =
    /^(\d{1,9}(?:[.,]\d{1,6})?)\s*([kmgt]?)(i?)b?$/i.exec(text) ?? [];
  if (count === undefined || prefix === '') return null;
  const kilo = prefix.toLowerCase() === 'k' && binary === '';
  const unit = `${kilo ? 'k' : prefix.toUpperCase()}${binary.toLowerCase()}B`;
  const meant = `${count.replace(',', '.')}${unit}`;
  return parseSize(meant) === null ? null : meant;
}

function percentLike(text: string): string | null {
  const [, count] = /^(\d{1,3}(?:\.\d{1,4})?)\s*%?$/.exec(text) ?? [];
  if (count === undefined) return null;
  const number = Number(count);
  const percent = number > 0 && number < 1 ? Math.round(number * 10_000) / 100 : number;
  return percent <= 100 ? `${percent}%` : null;
}

function dateLike(text: string): string | null {
  const [, year, month = '', date = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year === undefined) return null;
  const meant = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  return parseUntil(meant) === null ? null : meant;
}
