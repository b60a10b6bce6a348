import type { Row } from './model.js';

/** A row, and what it is the same row by while others come, go and change places. */
export interface KeyedRow {
  key: number;
  row: Row;
}

/**
 * The rows of a list as they are now, each with the key of the one that it was: the one that says the
 * same, at its own place first; else, an edited one, the one at its place.
 *
 * @param fresh gives a key that no row of the list has had
 */
export function keyedRows(
  before: readonly KeyedRow[],
  rows: readonly Row[],
  fresh: () => number,
): KeyedRow[] {
  const left = new Set(before);
  const says = (row: Row) => JSON.stringify(row.written);
  const claim = (found: KeyedRow | undefined) => {
    if (found) left.delete(found);
    return found?.key;
  };
  const atPlace = (row: Row) => [...left].find((one) => one.row.place === row.place);
  const keys = rows.map((row) => {
    const there = atPlace(row);
    return there && says(there.row) === says(row) ? claim(there) : undefined;
  });
  const passes = [
    (row: Row) => [...left].find((one) => says(one.row) === says(row)),
    (row: Row) => atPlace(row),
  ];
  for (const find of passes) for (const [i, row] of rows.entries()) keys[i] ??= claim(find(row));
  return rows.map((row, i) => ({ row, key: keys[i] ?? fresh() }));
}
