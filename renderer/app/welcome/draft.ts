import type { PolicyTrial } from '../../../main/contract/policy.js';
import type { ImageRow } from '../../../main/contract/slices.js';

/** Rows and tiles of a space map, as a draft of the policy judges them. */
export function mapOf(rows: ReadonlyMap<string, ImageRow>, { more, less }: PolicyTrial) {
  const added = new Map(more.map((one) => [one.id, one]));
  const kept = new Set(less.map(({ id }) => id));
  const tile = (id: string): 'go' | 'maybe' | 'keep' => {
    const one = added.get(id);
    if (one) return one.ticked ? 'go' : 'maybe';
    const row = rows.get(id);
    if (row?.verdict !== 'remove' || kept.has(id)) return 'keep';
    return row.estimate ? 'maybe' : 'go';
  };
  const shown = new Map(
    [...rows].map(([id, row]): [string, ImageRow] => [
      id,
      kept.has(id) ? { ...row, verdict: 'keep', decidedBy: 'keep', code: 'keep' } : row,
    ]),
  );
  return { rows: shown, tile };
}
