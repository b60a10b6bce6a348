import type { EngineFacts, Inventory } from '../domain/facts.js';
import type { Finder } from '../services/connection.js';
import type { Sources } from '../services/state/sources.js';
import type { Taker, Turns } from '../services/turns.js';
import type { OtherEngines } from '../services/types.js';
import type { ServiceVersion } from '../services/versions/stored.js';

/** Which engine a room is for, and what of it is not decided by its key alone. */
export interface Place {
  /** See `contract/fleet.ts`. */
  key: string;
  finder: Finder;
  /** A person's own choice of an endpoint, else null. */
  chosen: string | null;
  /** The key of the engine whose policy holds. */
  policyOf: string;
  /** Whether it watches this machine's own disk. */
  watchesHost: boolean;
  taker: Taker;
  turns: Turns;
  /** What is kept for rollbacks of the same engine at other addresses. */
  retainedByTwins: () => Inventory['retained'];
  /** Versions of a service, by its ID, that were kept by way of this engine before this run. */
  remembered: (id: string, met: EngineFacts | null) => readonly ServiceVersion[];
  /** What other engines of the list know of its swarm. */
  others: OtherEngines;
  /** What was cut off by way of other addresses of what may be the same engine. */
  cutOffByTwins: {
    finished(engine: EngineFacts): Promise<void>;
    isDue(engine: EngineFacts): boolean;
  };
  /** The list of all engines. */
  fleet: Sources['fleet'];
}
