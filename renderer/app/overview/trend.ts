import type { Forecast } from '../../../main/domain/forecast/forecast.js';
import type { Result } from '../../../main/contract/commands.js';

type Samples = Result<'samples.get'>;

/** A moment, as a part of the width, and how full, as a part of the height from above. */
export interface Point {
  x: number;
  y: number;
}

/** How full a disk was and will be, in parts of a box. */
export interface Trend {
  /** From sample to sample; a new line after each gap. */
  lines: Point[][];
  /** Clean-ups, where they are on the line, with the bytes that they freed. */
  cleanUps: (Point & { at: number; freed: number | null })[];
  now: Point;
  /** The moment at the right edge. */
  until: number;
  /** Bytes that the disk holds in all, as of the last sample. */
  total: number;
  /** What part of the height that is: a VM's disk may have had room for more. */
  scale: number;
  /** From now to the full disk: likely, and the area between its bounds. */
  ahead: { likely: Point[]; bounds: Point[] } | null;
}

/** How far back a trend goes. */
export type Span = 'month' | 'year';

const DAY = 86_400_000;
/** Milliseconds. */
export const BACK: Record<Span, number> = { month: 30 * DAY, year: 366 * DAY };

/** Between samples so far apart nothing is known: they are hourly, and daily of days before a month ago. */
const gapBefore = (at: number, now: number) => (at < now - BACK.month ? 2 * DAY : DAY / 8);

/** Whether samples go back beyond a month. */
export const isLong = ({ samples }: Samples, now: number): boolean =>
  samples.some(({ at }) => at < now - BACK.month);

/**
 * Draws the last 30 days, or the last year, and what follows where there is a forecast; null where
 * there are no two samples. Clean-ups are known of 30 days only, so a year shows none.
 *
 * @param all in the order of time
 */
export function trendOf(
  all: Samples,
  forecast: Forecast | null,
  now: number,
  span: Span = 'month',
): Trend | null {
  const back = BACK[span];
  const samples = all.samples.filter(({ at }) => at >= now - back);
  const cleanUps = span === 'month' ? all.cleanUps : [];
  const last = samples.at(-1);
  if (!last || samples.length < 2) return null;
  const most = Math.max(...samples.map(({ used, available }) => used + available));
  const wanted = forecast === null ? 0 : (forecast.fullAt - now) * 1.2;
  // A third of the width at most is for what is to come.
  const after = Math.min(back / 2, Math.max(0, wanted));
  const x = (at: number) => (at - (now - back)) / (back + after);
  // What is available counts: under a VM the whole changes with what else the host holds.
  const y = ({ available }: { available: number }) => Math.min(1, available / Math.max(1, most));
  const lines: Point[][] = [];
  let before = -Infinity;
  for (const sample of samples) {
    const point = { x: x(sample.at), y: y(sample) };
    if (sample.at - before > gapBefore(sample.at, now)) lines.push([point]);
    else lines.at(-1)?.push(point);
    before = sample.at;
  }
  const at = { x: x(now), y: y(last) };
  return {
    lines,
    cleanUps: cleanUps.flatMap((one) => {
      const next = samples.find((sample) => sample.at >= one.at);
      return next && one.at > now - back ? [{ ...one, x: x(one.at), y: y(next) }] : [];
    }),
    now: at,
    until: now + after,
    total: last.used + last.available,
    scale: (last.used + last.available) / Math.max(1, most),
    ahead: forecast && aheadOf(at, forecast, x),
  };
}

/**
 * Moves texts that stand beside a plot down until no two are nearer than `gap`, in the order of their
 * heights.
 */
export function placed<T extends { y: number }>(texts: readonly T[], gap: number): T[] {
  let least = -Infinity;
  return [...texts]
    .sort((a, b) => a.y - b.y)
    .map((text) => {
      const y = Math.max(text.y, least);
      least = y + gap;
      return { ...text, y };
    });
}

/**
 * Where texts in one line begin that stand at places of it, in px, so that none touches another or an
 * end: of those that would, the last one stands.
 *
 * @param texts by their middles, in the order of these
 * @returns null for a text that has no room
 */
export function sideBySide(
  texts: readonly { middle: number; width: number }[],
  { whole, gap }: { whole: number; gap: number },
): (number | null)[] {
  let end = whole;
  return texts
    .toReversed()
    .map(({ middle, width }) => {
      const left = Math.max(0, Math.min(middle - width / 2, whole - width));
      if (width === 0 || left + width > end) return null;
      end = left - gap;
      return left;
    })
    .toReversed();
}

/** Lines from now to the moment of the full disk, cut at the right edge. */
function aheadOf(from: Point, forecast: Forecast, x: (at: number) => number) {
  const to = (at: number): Point => {
    const end = x(at);
    if (end <= 1) return { x: Math.max(from.x, end), y: 0 };
    return { x: 1, y: from.y * (1 - (1 - from.x) / (end - from.x)) };
  };
  const [early, late] = [to(forecast.earliest), to(forecast.latest)];
  const corner = late.y > 0 ? [{ x: 1, y: 0 }] : [];
  return {
    likely: [from, to(forecast.fullAt)],
    bounds: [from, early, ...(early.y > 0 ? [] : corner), late],
  };
}
