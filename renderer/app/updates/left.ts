import { leftWhy, type LeftOut } from '../../../main/contract/pending.js';
import type { UpdateRow } from '../../../main/contract/updates.js';

/** Rows that "Update all" leaves, counted by why; of owners each tool by itself. */
export function leftOut(rows: readonly UpdateRow[]): LeftOut[] {
  const counted = new Map<string, LeftOut>();
  for (const row of rows) {
    const why = leftWhy(row);
    if (why === null) continue;
    const key = why === 'owner' ? `${why} ${row.owner.tool}` : why;
    const of = counted.get(key) ?? { why, tool: row.owner.tool, n: 0 };
    counted.set(key, { ...of, n: of.n + 1 });
  }
  return [...counted.values()];
}
