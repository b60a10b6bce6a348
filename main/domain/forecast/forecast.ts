import type { Millis } from '../facts.js';
import type { Bytes } from '../policy/types.js';
import { day } from '../policy/units.js';
import { type CleanUp, hourlyDays, known, type Sample } from './samples.js';
import { type Point, quantile, slope } from './theil-sen.js';

/** When a disk will be full, and within which bounds. */
export interface Forecast {
  fullAt: Millis;
  earliest: Millis;
  latest: Millis;
}

/** Days that a forecast is made from at least, and days of them with a sample. */
const least = { span: 7, points: 6 };
/** Days after which the last sample says nothing of now. */
const stale = 1;
/** What part of the disk must become free from one sample to the next to count as a clean-up. */
const fall = 0.02;
/** What part of the disk makes no difference. */
const nothing = 0.02;
/** Days: pairs of points so far apart even out the days and weeks of who works. */
const apart = 7;
/** So many single leaps are steps, told apart from how the disk fills; more of them are how it fills. */
const mostSteps = 2;
/** Days until a step is told from a new pace. */
const recent = 3;
/** Days that must have gone as those before, and the part of their growth that they bring at least. */
const lately = { days: 7, growth: 0.25 };
/** Standard deviations: 80 % of what comes lies between the bounds; beyond 99.7 % the pace is new. */
const z = { bounds: 1.2816, pace: 3 };
/** Days further off than this nothing is told. */
const horizon = 60;
/** The latest moment may be so many times as far off as the likely one. */
const widest = 3;

/**
 * When a disk is full if it goes on filling at the pace of the last 30 days and nothing is cleaned up
 * meanwhile, or null where samples do not carry that.
 *
 * The pace is that between clean-ups: what one freed, as its marks or a fall by 2 % of the disk tell,
 * is put back before a line is laid through one point a day (`slope`). One or two leaps far out of the
 * ordinary (Tukey's outer fence) are steps, and no pace. From there on it is a random walk with drift
 * (Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", §5.2 and §5.5): the disk is full
 * between `earliest` and `latest` in four of five cases as far as days go as they went.
 *
 * Null: samples of fewer than 6 days or less than 7 days' span; the last one over a day old; no growth
 * that the scatter leaves beyond doubt; a step within the last 3 days; a week that went otherwise than
 * those before; a moment over 60 days off; bounds as wide that the latest is over three times as far
 * off as the likely one. Moments are absolute: time zones and summer time are nothing to it, and
 * samples ahead of `now` are passed over.
 */
export function forecast(
  samples: readonly Sample[],
  cleanUps: readonly CleanUp[],
  now: Millis,
): Forecast | null {
  const taken = known(samples, now, hourlyDays * day);
  const last = taken.at(-1);
  if (last === undefined || now - last.at > stale * day) return null;
  const line = byDay(growth(taken, cleanUps), now);
  const slack = nothing * (last.used + last.available);
  const points = withoutSteps(line, slack);
  if (points === null) return null;
  const pace = paceOf(points, slack);
  return pace && arrival(last, pace);
}

/** What would be used had nothing been freed: bytes, from any zero. */
function growth(samples: readonly Sample[], cleanUps: readonly CleanUp[]): Point[] {
  let freed = 0;
  return samples.map((sample, n) => {
    const before = samples[n - 1];
    if (before !== undefined) {
      const fell = sample.available - before.available;
      const cleaned = cleanUps.some(({ at }) => at > before.at && at <= sample.at);
      if (fell > (cleaned ? 0 : fall * (sample.used + sample.available))) freed += fell;
    }
    return { x: sample.at / day, y: freed - sample.available };
  });
}

/** The last point of each of the days that lie back from now, whole days from each other as far as can be. */
function byDay(points: readonly Point[], now: Millis): Point[] {
  const days = new Map<number, Point>();
  for (const point of points) days.set(Math.floor(now / day - point.x), point);
  return [...days.values()].sort((a, b) => a.x - b.x);
}

/** How much more there was from each point to the next, and in how many days. */
function risesOf(points: readonly Point[]): { days: number; bytes: Bytes; end: number }[] {
  return points.slice(1).map((point, n) => {
    const before = points[n] ?? point;
    return { days: point.x - before.x, bytes: point.y - before.y, end: point.x };
  });
}

/** The line without its steps; null where it is too short, or a step too recent. */
function withoutSteps(points: readonly Point[], slack: Bytes): Point[] | null {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < least.points || last.x - first.x < least.span - 0.5)
    return null;
  const rises = risesOf(points);
  const each = rises.map(({ bytes, days }) => bytes / days);
  const [low, high] = [quantile(each, 0.25), quantile(each, 0.75)];
  const fence = Math.max(3 * (high - low), slack);
  const isFar = each.map((one) => one > high + fence || one < low - fence);
  if (rises.some(({ end, days }, n) => isFar[n] && last.x - end + days <= recent)) return null;
  // A day on which nothing came is no step: of ten days two may be a weekend.
  const isStep = each.map((one, n) => isFar[n] && (one > high || one < -slack));
  const steps = rises.filter((_, n) => isStep[n]);
  if (steps.length > mostSteps) return [...points];
  let { y } = first;
  const typical = quantile(each, 0.5);
  const rest = rises.map(({ bytes, days, end }, n) => {
    y += isStep[n] ? typical * days : bytes;
    return { x: end, y };
  });
  return [first, ...rest];
}

/** How fast a disk fills. */
interface Pace {
  /** Bytes a day. */
  rate: number;
  /** The variance of a day's bytes. */
  variance: number;
  /** Days observed. */
  days: number;
}

/** Null where it does not fill, beyond doubt, or fills otherwise of late. */
function paceOf(points: readonly Point[], slack: Bytes): Pace | null {
  const rises = risesOf(points);
  const days = rises.reduce((sum, rise) => sum + rise.days, 0);
  const rate = slope(points, Math.min(apart, days / 2));
  const squares = rises.reduce(
    (sum, rise) => sum + (rise.bytes - rate * rise.days) ** 2 / rise.days,
    0,
  );
  const variance = squares / (rises.length - 1);
  if (!(rate > z.bounds * Math.sqrt(variance / days))) return null;
  const pace = { rate, variance, days };
  return goesOn(points, pace, slack) ? pace : null;
}

/** Whether the last week went as those before it. */
function goesOn(points: readonly Point[], { rate, variance, days }: Pace, slack: Bytes): boolean {
  const last = points.at(-1);
  const before = points.findLast(({ x }) => last !== undefined && last.x - x >= lately.days - 0.5);
  if (!last || !before) return true;
  const span = last.x - before.x;
  const bytes = last.y - before.y;
  if (bytes < lately.growth * rate * span) return false;
  const off = Math.abs(bytes - rate * span);
  return off <= Math.max(slack, z.pace * Math.sqrt(variance * (span + span ** 2 / days)));
}

/** When nothing is available any more; null where that is too far off, or too uncertain. */
function arrival({ at, available }: Sample, { rate, variance, days }: Pace): Forecast | null {
  const likely = available / rate;
  // The bounds at a time t are rate·t ± √(v·(t + t²/days)); where they reach what is available, t
  // solves a quadratic equation.
  const v = z.bounds ** 2 * variance;
  const a = rate ** 2 - v / days;
  const b = 2 * available * rate + v;
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * available ** 2));
  const [earliest, latest] = [(b - root) / (2 * a), (b + root) / (2 * a)];
  if (likely > horizon || latest > widest * likely + stale) return null;
  const moment = (inDays: number) => Math.round(at + inDays * day);
  return { fullAt: moment(likely), earliest: moment(earliest), latest: moment(latest) };
}
