import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Datum {
  bytes: number;
  children?: Datum[];
}

const squares = treemap<Datum>().tile(treemapSquarify.ratio(1));

/**
 * Divides a rectangle by values, keeping the parts as near to squares as their order allows
 * (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000): largest first is squarest.
 *
 * @returns a part for each value, in the same order; together they fill `rect`
 */
export function divide(values: readonly number[], rect: Rect): Rect[] {
  const root = hierarchy<Datum>({ bytes: 0, children: values.map((bytes) => ({ bytes })) });
  const laid = squares.size([Math.max(0, rect.width), Math.max(0, rect.height)])(
    root.sum(({ bytes }) => bytes),
  );
  return (laid.children ?? []).map(({ x0, y0, x1, y1 }) => ({
    x: rect.x + x0,
    y: rect.y + y0,
    width: x1 - x0,
    height: y1 - y0,
  }));
}

/** In so many steps small parts grow until each can be seen. */
const STEPS = 100;

/**
 * Divides a rectangle by bytes so that no part gets a side below `least` px, where there is room for
 * that: those that would are drawn larger than they are, and all others a little smaller.
 *
 * @param items most bytes first
 */
export function divideApart(
  items: readonly { bytes: number }[],
  rect: Rect,
  least: number,
): Rect[] {
  const most = items[0]?.bytes ?? 0;
  let rects: Rect[] = [];
  for (let step = 0; step <= STEPS; step++) {
    const floor = (most * step) / STEPS;
    rects = divide(
      items.map(({ bytes }) => Math.max(bytes, floor)),
      rect,
    );
    if (rects.every(({ width, height }) => Math.min(width, height) >= least)) break;
  }
  return rects;
}

/** What is placed apart, and what is so small that it joins its neighbours in one place. */
export interface Joined<T> {
  placed: { of: T; rect: Rect }[];
  joined: { of: T[]; rect: Rect } | null;
}

/**
 * Divides a rectangle by bytes; what would get a side below `least` px, or is beyond the first
 * `most`, is joined.
 *
 * @param items most bytes first; those without bytes get no place
 */
export function divideJoining<T extends { bytes: number }>(
  items: readonly T[],
  rect: Rect,
  { least, most }: { least: number; most: number },
): Joined<T> {
  const there = items.filter(({ bytes }) => bytes > 0);
  const total = there.reduce((sum, { bytes }) => sum + bytes, 0);
  const room = rect.width * rect.height;
  if (total === 0 || room <= 0) return { placed: [], joined: null };
  const tooSmall = there.findIndex(({ bytes }) => (bytes / total) * room < least * least);
  let apart = Math.min(tooSmall < 0 ? there.length : tooSmall, Math.max(1, most));
  for (;;) {
    const { rects, place } = divideInTwo(there, apart, rect);
    const bad = rects.findIndex(({ width, height }) => Math.min(width, height) < least);
    if (bad < 0) {
      const at = (i: number) => rects[i] ?? rect;
      const rest = there.slice(apart);
      return {
        placed: there.slice(0, apart).map((of, i) => ({ of, rect: at(i < place ? i : i + 1) })),
        joined: rest.length === 0 ? null : { of: rest, rect: at(place) },
      };
    }
    if (apart <= 1) return largestAndRest(there, rect, least);
    apart = Math.max(1, Math.min(apart - 1, bad));
  }
}

/** Where the rest would be too small even together it gets a strip as narrow as can be seen. */
function largestAndRest<T>(items: readonly T[], rect: Rect, least: number): Joined<T> {
  const [largest, ...rest] = items;
  const isWide = rect.width >= rect.height;
  const long = isWide ? rect.width : rect.height;
  if (largest === undefined || long < 2 * least)
    return { placed: [], joined: { of: [...items], rect } };
  if (rest.length === 0) return { placed: [{ of: largest, rect }], joined: null };
  const first = isWide ? { ...rect, width: long - least } : { ...rect, height: long - least };
  const strip = isWide
    ? { ...rect, x: rect.x + first.width, width: least }
    : { ...rect, y: rect.y + first.height, height: least };
  return { placed: [{ of: largest, rect: first }], joined: { of: rest, rect: strip } };
}

/** The first `apart` each by itself and the rest as one, in falling order; `place` is the rest's. */
function divideInTwo(
  items: readonly { bytes: number }[],
  apart: number,
  rect: Rect,
): { rects: Rect[]; place: number } {
  const values = items.slice(0, apart).map(({ bytes }) => bytes);
  const rest = items.slice(apart).reduce((sum, { bytes }) => sum + bytes, 0);
  if (rest === 0) return { rects: divide(values, rect), place: values.length };
  const smaller = values.findIndex((bytes) => bytes < rest);
  const place = smaller < 0 ? values.length : smaller;
  return { rects: divide(values.toSpliced(place, 0, rest), rect), place };
}
