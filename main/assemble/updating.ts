import type { Clock } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import { probe } from '../adapters/host/probe.js';
import type { RegistryClient } from '../adapters/registry/client.js';
import type { Credentials } from '../adapters/registry/credentials/index.js';
import { CareenError } from '../domain/errors.js';
import { parseReference, repositoryOf } from '../domain/reference.js';
import { protectionOf } from '../domain/verdict/protection.js';
import { Checker } from '../services/checker/index.js';
import type { Connection } from '../services/connection.js';
import type { Gauges } from '../services/gauges.js';
import type { Inventory } from '../services/inventory/index.js';
import type { Journal } from '../services/journal/index.js';
import type { Judging } from '../services/judging.js';
import type { Knowledge } from '../services/knowledge/index.js';
import type { Meeting } from '../services/meeting.js';
import { MovingOver } from '../services/moving-over.js';
import type { Policies } from '../services/policies.js';
import type { Preferences } from '../services/preferences.js';
import type { Recoverability } from '../services/recoverability/index.js';
import type { Runs } from '../services/runs.js';
import type { Triggers } from '../services/triggers/index.js';
import { Copies } from '../services/updater/copies.js';
import { FirstStarts } from '../services/updater/first-starts.js';
import { Hooks } from '../services/updater/hooks.js';
import { Updater } from '../services/updater/index.js';
import { Previews } from '../services/updater/preview.js';
import { standardUpdatePatience, type UpdatePatience } from '../services/updater/types.js';
import { Worker } from '../services/updater/worker.js';
import type { Versions } from '../services/versions/index.js';
import type { Stores } from './stores.js';

/** What updating is put together from. */
interface Around {
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
  clock: Clock;
  report: (error: unknown) => void;
  patience?: UpdatePatience;
}

/** Milliseconds. */
const probeDeadline = 5_000;
const registriesDeadline = 60_000;
const day = 86_400_000;

/** While the policy cannot be read nothing is given up. */
const keepAll = { versions: Number.MAX_SAFE_INTEGER, for: Number.MAX_SAFE_INTEGER };

/** Puts together what checks, previews, updates and goes back (UPDATING). */
export function updating(around: Around) {
  const { connection, judging, policies, journal, runs, versions, clock, report } = around;
  const { gauges, meeting, credentials, registry, preferences, knowledge } = around;
  const auth = (reference: string) => credentials.registryAuthHeader(reference);
  const checker = new Checker(
    {
      judging,
      isCurrent: () => around.inventory.asOf === null,
      engine: () => connection.engine,
      registry,
      auth,
      past: {
        namesOf: (imageId) => knowledge.namesOf(imageId),
        keptDigests: (container, imageId) => versions.digestsOf(container, imageId),
      },
      versions,
      preferences,
      power: around.power,
      verify: async (ids) => void (await around.recoverability.verify(ids, registriesDeadline)),
    },
    around.stores.checks,
    clock,
    Math.random,
  );
  const ground = {
    engine: () => connection.required(),
    inventory: async () => {
      await meeting.done();
      return judging.senseAnew();
    },
    back: (engine: DockerEngine, why: unknown, deadline: number, signal: AbortSignal) => {
      connection.lost(engine, why);
      return connection.back(deadline, signal);
    },
    target: (container: string, to: string | null) => checker.target(container, to),
    all: () => checker.all(),
    rules: (container: string) => checker.rules(container),
    rollback: async () => {
      const inForce = await policies.current();
      return inForce instanceof CareenError ? keepAll : inForce.policy.rollback;
    },
    auth,
    rolledBack: (container: string, digest: string, at: number) =>
      checker.rolledBack(container, digest, at),
    available: async () => {
      await gauges.read();
      return gauges.value.engine.available;
    },
    isProtected: async (imageId: string) => {
      await judging.settled();
      const { current } = judging;
      const image = current?.byId.get(imageId);
      return current !== null && image !== undefined && protectionOf(image, current.rules) !== null;
    },
  };
  const patience = around.patience ?? standardUpdatePatience;
  const copies = new Copies(ground.available);
  const worker = new Worker(
    ground,
    new Hooks(() => connection.required()),
    copies,
    (wanted, signal) => probe(wanted, probeDeadline, signal),
    journal,
    clock,
    patience,
  );
  const updater = new Updater(ground, runs, journal, versions, worker, clock, patience);
  const previews = new Previews(
    {
      engine: ground.engine,
      inventory: () => judging.sense(),
      target: ground.target,
      details: (target) => checker.details(target),
      available: ground.available,
    },
    clock,
  );
  const movingOver = new MovingOver({
    inventory: () => judging.sense(),
    engine: () => connection.required(),
    policies,
  });
  const { inventory } = around;
  const firstStarts = new FirstStarts(
    {
      containers: () => inventory.listed?.containers.values() ?? [],
      on: (event, listener) => inventory.on(event, listener),
    },
    ground,
    versions,
    worker.prover,
    worker.retention,
    runs,
    journal,
    clock,
  );
  updater.on('progress', (progress) => checker.updating(progress));
  updater.on('ended', (run) => checker.updated(run));
  for (const part of [checker, updater, versions, firstStarts]) part.on('failed', report);
  return { checker, updater, firstStarts, previews, movingOver, copies };
}

/** What updates by itself, and what follows from it: for the process that stays. */
export function beginUpdating(
  { meeting, connection, clock, report }: Around,
  { checker, updater }: Pick<ReturnType<typeof updating>, 'checker' | 'updater'>,
): void {
  checker.on('due', (names) => {
    const containers = names.map((container) => ({ container, to: null }));
    updater.update({ containers, copy: [] }, 'check', null).catch(report);
  });
  let tidied = -Infinity;
  const tidy = async () => {
    await meeting.done();
    if (!connection.engine || clock.now() - tidied < day) return;
    tidied = clock.now();
    await updater.tidy();
  };
  connection.on('connected', () => void tidy().catch(report));
  checker.on('changed', () => void tidy().catch(report));
  checker.begin();
}

/** What was updated and proved is judged anew (JUDGING §3, `afterUpdate`). */
export function cleanAfter(updater: Updater, triggers: Triggers): void {
  updater.on('ended', ({ containers }) => {
    const repositories = containers
      .filter(({ result }) => result?.state === 'updated' && result.proven)
      .map(({ reference }) => repositoryOf(parseReference(reference)));
    for (const repository of new Set(repositories)) void triggers.afterUpdate(repository);
  });
}
