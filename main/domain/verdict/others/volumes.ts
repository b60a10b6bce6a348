import type { Inventory } from '../../facts.js';
import type { OwnerNeeds } from '../../owners/types.js';
import type { JudgedOther } from '../types.js';
import { heldByUse, heldFor, kept, unitOf } from './decide.js';

/**
 * Volumes are always kept: a person may name each that no container mounts, an owner's too (JUDGING
 * §6; OWNERS §1.7: without a container it is mostly a stopped project's).
 */
export function judgeVolumes({ volumes }: Inventory, needs: OwnerNeeds): JudgedOther[] {
  return volumes.map((facts): JudgedOther => {
    const hold = needs.volumes.get(facts.name) ?? null;
    const decision =
      heldByUse(facts.usedBy) ??
      heldFor(hold, facts.project) ??
      kept({ kind: 'default', code: 'by-name-only' });
    const bytes = facts.size ?? 0;
    return {
      kind: 'volume',
      id: `volume:${facts.name}`,
      name: facts.name,
      nameable: facts.usedBy?.length === 0,
      ...decision,
      reclaimable: {
        min: bytes,
        max: bytes,
        certainty: facts.size === null ? 'at-least' : 'exact',
      },
      lastUsed: facts.lastUsed,
      project: (hold && unitOf(hold)) ?? facts.project,
    };
  });
}
