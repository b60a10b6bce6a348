const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

type Unit = 'second' | 'minute' | 'hour' | 'day';
export interface Amount {
  n: number;
  unit: Unit;
}

const sizes: readonly [Unit, number][] = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
  ['second', second],
];

/**
 * An age in the largest unit of which at least one has passed, cut and not rounded: what is 89.9
 * days old is not yet 90.
 */
export function passed(ms: number): Amount {
  const whole = Math.max(0, ms);
  for (const [unit, size] of sizes) if (whole >= size) return { n: Math.floor(whole / size), unit };
  return { n: 0, unit: 'second' };
}

/**
 * When a moment is next told in another word than at `now`: those within a day by the hour, and within
 * an hour by the minute, others by their date. Null: never.
 */
export function toldAnewAt(moment: number, now: number): number | null {
  const distance = Math.abs(moment - now);
  if (distance >= day) return moment > now ? moment - day + 1 : null;
  const unit = distance >= hour ? hour : minute;
  const whole = unit * Math.floor(distance / unit);
  return moment > now ? moment - whole + 1 : moment + whole + unit;
}

/**
 * A span in the largest unit that it is a whole number of, at least two, as policies write them:
 * 24 hours, 90 days, 90 minutes. What is no whole number of seconds is rounded.
 */
export const span = (ms: number): Amount => inUnits(ms, 2);

/** How often something is done, in the largest unit that it is a whole number of: an hour, 90 minutes. */
export const interval = (ms: number): Amount => inUnits(ms, 1);

function inUnits(ms: number, atLeast: number): Amount {
  const rounded = Math.round(ms / second) * second;
  for (const [unit, size] of sizes)
    if (rounded >= atLeast * size && rounded % size === 0) return { n: rounded / size, unit };
  return { n: rounded / second, unit: 'second' };
}

/**
 * What something took, for a figure of its own: tenths of a second below ten seconds, whole ones
 * above, and minutes from the first on.
 */
export function took(ms: number): { minutes: number; seconds: string } {
  const whole = Math.max(0, ms);
  if (whole < 9_950) return { minutes: 0, seconds: (whole / second).toFixed(1) };
  const rounded = Math.round(whole / second);
  return { minutes: Math.floor(rounded / 60), seconds: String(rounded % 60) };
}

/** The names of the 24 h and the time zone that dates are written in. */
export interface TimeStyle {
  /** An IANA zone; the system's where it is absent. */
  timeZone?: string;
}

/**
 * How far off a forecast's moments are, in whole units: days, and hours where it is less than two of
 * them.
 */
export function unitsAhead(
  { fullAt, earliest, latest }: { fullAt: number; earliest: number; latest: number },
  now: number,
): { unit: 'hour' | 'day'; likely: number; first: number; last: number } {
  const unit = fullAt - now < 2 * day ? 'hour' : 'day';
  const size = unit === 'hour' ? hour : day;
  const [likely, first, last] = [fullAt, earliest, latest].map((at) =>
    Math.max(0, Math.round((at - now) / size)),
  ) as [number, number, number];
  return { unit, likely, first, last };
}

/** How many midnights of a zone lie between two moments; below zero where the second is before. */
export function midnightsTo(from: number, to: number, style: TimeStyle): number {
  const date = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    ...style,
  });
  const dayOf = (ms: number) => Date.parse(`${date.format(ms)} UTC`);
  return Math.round((dayOf(to) - dayOf(from)) / day);
}

/** Whether two moments fall into the same calendar year of a zone. */
export function sameYear(a: number, b: number, style: TimeStyle): boolean {
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', ...style });
  return year.format(a) === year.format(b);
}
