/** What changed between two versions of a slice of rows; `from: 0` is the slice whole. */
export interface Delta<R extends { id: string }> {
  from: number;
  to: number;
  upsert: R[];
  remove: string[];
}

/**
 * The rows after a delta, as a new map.
 *
 * @param version of `rows`; null while there are none
 * @returns `gap` where the delta starts from a version that was never seen, so that the slice has to
 *   be asked for whole; `old` where it was overtaken by a whole slice (DESIGN §3)
 */
export function applyDelta<R extends { id: string }>(
  rows: ReadonlyMap<string, R> | null,
  version: number | null,
  delta: Delta<R>,
): ReadonlyMap<string, R> | 'gap' | 'old' {
  if (delta.from === 0) return new Map(delta.upsert.map((row) => [row.id, row]));
  if (rows === null || version === null) return 'gap';
  if (delta.to <= version) return 'old';
  if (delta.from !== version) return 'gap';
  const next = new Map(rows);
  for (const id of delta.remove) next.delete(id);
  for (const row of delta.upsert) next.set(row.id, row);
  return next;
}
