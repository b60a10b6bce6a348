export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Divides a rectangle by values, largest first, keeping the parts as near to squares as their order
 * allows (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000).
 *
 * @param values positive, in falling order
 * @returns a part for each value, in the same order; together they fill `rect`
 */
export function squarify(values: readonly number[], rect: Rect): Rect[] {
  const parts: Rect[] = [];
  let left = { ...rect };
  let remaining = values.reduce((sum, v) => sum + v, 0);
  let start = 0;
  while (start < values.length && remaining > 0) {
    const scale = (left.width * left.height) / remaining;
    const side = Math.min(left.width, left.height);
    let end = start;
    let sum = 0;
    let worst = Infinity;
    // A row grows while that makes the worst of its parts squarer.
    while (end < values.length) {
      const grown = sum + (values[end] ?? 0);
      const next = worstOf(values[start] ?? 0, values[end] ?? 0, grown, side, scale);
      if (next > worst) break;
      worst = next;
      sum = grown;
      end += 1;
    }
    const thick = (sum * scale) / side;
    let at = 0;
    for (const value of values.slice(start, end)) {
      const long = sum === 0 ? 0 : (value / sum) * side;
      parts.push(
        left.width >= left.height
          ? { x: left.x, y: left.y + at, width: thick, height: long }
          : { x: left.x + at, y: left.y, width: long, height: thick },
      );
      at += long;
    }
    left =
      left.width >= left.height
        ? { ...left, x: left.x + thick, width: Math.max(0, left.width - thick) }
        : { ...left, y: left.y + thick, height: Math.max(0, left.height - thick) };
    remaining -= sum;
    start = end;
  }
  while (parts.length < values.length) parts.push({ x: left.x, y: left.y, width: 0, height: 0 });
  return parts;
}

/** The worst ratio of sides in a row from its largest and smallest value. */
function worstOf(largest: number, smallest: number, sum: number, side: number, scale: number) {
  const area = sum * scale;
  const square = side * side;
  return Math.max(
    (square * largest * scale) / (area * area),
    (area * area) / (square * smallest * scale),
  );
}
