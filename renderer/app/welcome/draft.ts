import type { PolicyTrial } from '../../../main/contract/policy.js';
import type { ImageRow } from '../../../main/contract/slices.js';

/** What a space map shows of a draft of the policy. */
export interface DraftMap {
  /** Rows as the draft judges them. */
  rows: Map<string, ImageRow>;
  /** IDs of images that would go, and of those too that a person would have to tick. */
  goes: Set<string>;
  could: Set<string>;
}

/** The images as a draft of the policy judges them. */
export function mapOf(
  rows: ReadonlyMap<string, ImageRow>,
  { more, less, canGoImages }: PolicyTrial,
): DraftMap {
  const added = new Map(more.map((one) => [one.id, one]));
  const kept = new Set(less.map(({ id }) => id));
  const map: DraftMap = { rows: new Map(), goes: new Set(), could: new Set() };
  for (const [id, row] of rows) {
    const stays = { ...row, verdict: 'keep', decidedBy: 'keep', code: 'keep' } as const;
    map.rows.set(id, kept.has(id) ? stays : row);
    const one = added.get(id);
    if (!one && (row.verdict === 'keep' || kept.has(id))) continue;
    map.could.add(id);
    if (one ? one.ticked : canGoImages > 0 && row.going) map.goes.add(id);
  }
  return map;
}
