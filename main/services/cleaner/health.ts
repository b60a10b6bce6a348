import { CareenError } from '../../domain/errors.js';
import type { ContainerFacts, Inventory } from '../../domain/facts.js';

/** Containers that are not well, by whether a run may go on beside them. */
export interface Unwell {
  /** Updated by Careen and not proven yet: what their rollback needs must not be touched. */
  unproven: string[];
  /** Mentioned, and blocking nothing: a full disk makes them so, and cleaning is the cure. */
  others: string[];
}

type Seen = Pick<Inventory, 'containers' | 'retained'>;

/** The containers' side of the health gate (JUDGING §6); names, sorted. */
export function unwellIn({ containers, retained }: Seen): Unwell {
  const watched = new Set(retained.filter((r) => !r.proven).map((r) => r.container));
  const unwell = containers.filter(isUnwell).map((c) => c.name);
  return {
    unproven: unwell.filter((name) => watched.has(name)).sort(),
    others: unwell.filter((name) => !watched.has(name)).sort(),
  };
}

/** Opens the gate, or throws `update-unwell`; gives the containers to be mentioned. */
export function gate(inventory: Seen): string[] {
  const { unproven, others } = unwellIn(inventory);
  if (unproven.length > 0) throw new CareenError('update-unwell', { containers: unproven });
  return others;
}

function isUnwell({ health, state }: ContainerFacts): boolean {
  return health === 'unhealthy' || state === 'restarting' || state === 'dead';
}
