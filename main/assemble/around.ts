import type { Clock } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import type { RegistryClient } from '../adapters/registry/client.js';
import type { Credentials } from '../adapters/registry/credentials/index.js';
import type { Connection } from '../services/connection.js';
import type { Gauges } from '../services/gauges.js';
import type { Inventory } from '../services/inventory/index.js';
import type { Journal } from '../services/journal/index.js';
import type { Judging } from '../services/judging.js';
import type { Knowledge } from '../services/knowledge/index.js';
import type { Meeting } from '../services/meeting.js';
import type { Policies } from '../services/policies.js';
import type { Preferences } from '../services/preferences.js';
import type { Recoverability } from '../services/recoverability/index.js';
import type { Runs } from '../services/runs.js';
import type { Versions } from '../services/versions/index.js';
import type { Stores } from './stores.js';

/** Milliseconds for which registries are asked whether they have images. */
export const registriesDeadline = 60_000;

/** What acting on one engine is put together from. */
export interface Around {
  /** The engine's key in the data home. */
  key: string;
  connection: Connection;
  inventory: Inventory;
  knowledge: Knowledge;
  judging: Judging;
  meeting: Meeting;
  policies: Policies;
  preferences: Preferences;
  journal: Journal;
  runs: Runs;
  versions: Versions;
  gauges: Gauges;
  registry: RegistryClient;
  credentials: Credentials;
  recoverability: Recoverability;
  stores: Stores;
  power: () => Promise<boolean | null>;
  userActive: () => boolean;
  clock: Clock;
  report: (error: unknown) => void;
}

/** What every run that changes the engine at hand needs of it. */
export function groundOf({ connection, meeting, judging }: Around) {
  return {
    engine: () => connection.required(),
    inventory: async () => {
      await meeting.done();
      return judging.senseAnew();
    },
    back: (engine: DockerEngine, why: unknown, deadline: number, signal: AbortSignal) => {
      connection.lost(engine, why);
      return connection.back(deadline, signal);
    },
  };
}
