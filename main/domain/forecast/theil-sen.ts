/** A point of a line to be found. */
export interface Point {
  x: number;
  y: number;
}

/** The middle one, or what lies between the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share of the values lies, between two of them in proportion; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/**
 * The slope of a line through points by Theil and Sen: the median of the slopes of all pairs that lie
 * at least `apart` from each other. Up to 29 % of the points may be anything (Sen 1968, "Estimates of
 * the regression coefficient based on Kendall's tau"). NaN where no pair lies so far apart.
 */
export function slope(points: readonly Point[], apart: number): number {
  const slopes: number[] = [];
  for (const [n, a] of points.entries())
    for (const b of points.slice(n + 1)) {
      const run = b.x - a.x;
      if (run > 0 && run >= apart) slopes.push((b.y - a.y) / run);
    }
  return median(slopes);
}
