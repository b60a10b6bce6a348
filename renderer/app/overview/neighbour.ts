import type { Rect } from './treemap.js';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** What is beside counts so many times what is ahead: a row is followed to its end. */
const ASIDE = 3;

/**
 * The place of the nearest rectangle in a direction: one that lies wholly beyond the edge; null where
 * there is none. None of them may cover another.
 */
export function neighbour(rects: readonly Rect[], from: number, towards: Direction): number | null {
  const start = rects[from];
  if (!start) return null;
  let nearest: number | null = null;
  let least = Infinity;
  rects.forEach((rect, i) => {
    if (i === from) return;
    const ahead = gapAhead(start, rect, towards);
    if (ahead < 0) return;
    const isLevel = towards === 'left' || towards === 'right';
    const aside = isLevel
      ? gapBetween(start.y, start.height, rect.y, rect.height)
      : gapBetween(start.x, start.width, rect.x, rect.width);
    // Of those side by side the first along the edge: the way back leads to the same row.
    const along = isLevel ? Math.abs(rect.y - start.y) : Math.abs(rect.x - start.x);
    const distance = ahead + ASIDE * aside + along / 1e4;
    if (distance >= least) return;
    least = distance;
    nearest = i;
  });
  return nearest;
}

function gapAhead(a: Rect, b: Rect, towards: Direction): number {
  switch (towards) {
    case 'left':
      return a.x - (b.x + b.width);
    case 'right':
      return b.x - (a.x + a.width);
    case 'up':
      return a.y - (b.y + b.height);
    case 'down':
      return b.y - (a.y + a.height);
  }
}

/** Px between two stretches of a line; zero where they overlap. */
const gapBetween = (a: number, aLong: number, b: number, bLong: number) =>
  Math.max(0, a - (b + bLong), b - (a + aLong));
