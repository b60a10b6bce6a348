import { isForPerson, isPending } from '../../contract/pending.js';
import type { UpdateRow } from '../../contract/updates.js';
import { versionKey } from '../../domain/update/version-key.js';
import type { Memory } from './memory.js';

/**
 * New versions that nobody was told of, of those only that a person has not laid aside; from now on they
 * are remembered as told. What goes by itself is told as done.
 */
export function untold(rows: readonly UpdateRow[], memory: Memory): UpdateRow[] {
  return rows.filter((row) => {
    const { container, verdict } = row;
    if (!isPending(row) || verdict.state !== 'available') return false;
    if (row.mode === 'auto' && !isForPerson(row)) return false;
    const version = versionKey(verdict.to);
    // Who built one here knows of it.
    if (verdict.source === 'built' || memory.container(container)?.told === version) return false;
    memory.change(container, { told: version });
    return true;
  });
}
