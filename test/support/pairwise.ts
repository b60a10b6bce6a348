/** Values by dimension; the first of each goes with everything. */
export type Dimensions = Record<string, readonly string[]>;
/** One value of each dimension. */
export type Row = Record<string, string>;
/** `dimension=value` twice: what cannot stand together. */
export type Conflict = readonly [string, string];

/**
 * A small table in which every two values of different dimensions stand together in some row, save
 * those that cannot: greedy, and the same for the same input.
 */
export function pairwise(dimensions: Dimensions, conflicts: readonly Conflict[]): Row[] {
  const left = new Set(allPairs(dimensions, conflicts));
  const rows: Row[] = [];
  for (const pair of left) {
    const row = Object.fromEntries(
      pair.split(' & ').map((one) => one.split('=') as [string, string]),
    );
    // The dimension with most values first: its pairs are the ones that decide the number of rows.
    const rest = Object.entries(dimensions).toSorted(([, a], [, b]) => b.length - a.length);
    for (const [dimension, values] of rest) {
      if (row[dimension] !== undefined) continue;
      let best: { value: string; gain: number } | undefined;
      for (const value of values) {
        const pairs = pairsWith(row, dimension, value);
        if (pairs.some((one) => isConflict(one, conflicts))) continue;
        const gain = pairs.filter((one) => left.has(one)).length;
        if (!best || gain > best.gain) best = { value, gain };
      }
      if (!best) throw new Error(`${dimension} has no value that goes with everything`);
      row[dimension] = best.value;
    }
    for (const one of pairsOf(row)) left.delete(one);
    rows.push(row);
  }
  return rows;
}

/** Every two values of different dimensions that can stand together. */
export function allPairs(dimensions: Dimensions, conflicts: readonly Conflict[]): string[] {
  const all = Object.entries(dimensions).flatMap(([a, ofA], at) =>
    Object.entries(dimensions)
      .slice(at + 1)
      .flatMap(([b, ofB]) =>
        ofA.flatMap((one) => ofB.map((other) => pairOf([a, one], [b, other]))),
      ),
  );
  return all.filter((pair) => !isConflict(pair, conflicts));
}

/** Every two values of a row. */
export function pairsOf(row: Row): string[] {
  const all = Object.entries(row);
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => pairOf(one, other)));
}

function pairsWith(row: Row, dimension: string, value: string): string[] {
  return Object.entries(row).map((one) => pairOf(one, [dimension, value]));
}

const pairOf = (...two: [string, string][]) =>
  two
    .map(([dimension, value]) => `${dimension}=${value}`)
    .sort()
    .join(' & ');

function isConflict(pair: string, conflicts: readonly Conflict[]): boolean {
  return conflicts.some((two) => pair === [...two].sort().join(' & '));
}
