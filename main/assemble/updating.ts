import { probe } from '../adapters/host/probe.js';
import { CareenError, isCareenError } from '../domain/errors.js';
import { parseReference, repositoryOf } from '../domain/reference.js';
import { isHeldBeside, type Released } from '../domain/update/released.js';
import { Checker } from '../services/checker/index.js';
import { MovingOver } from '../services/moving-over.js';
import type { Triggers } from '../services/triggers/index.js';
import { inAnyVersion } from '../services/updater/aims.js';
import { Copies } from '../services/updater/copies.js';
import { FirstStarts } from '../services/updater/first-starts.js';
import { Hooks } from '../services/updater/hooks.js';
import { isOfEngine } from '../services/updater/probe.js';
import { Updater } from '../services/updater/index.js';
import { Previews } from '../services/updater/preview.js';
import { standardUpdatePatience, type UpdatePatience } from '../services/updater/types.js';
import { Worker } from '../services/updater/worker.js';
import { type Around, groundOf, registriesDeadline } from './around.js';

/** Milliseconds. */
const probeDeadline = 5_000;
const day = 86_400_000;

/** While the policy cannot be read nothing is given up. */
const keepAll = { versions: Number.MAX_SAFE_INTEGER, for: Number.MAX_SAFE_INTEGER };

/** Puts together what checks, previews, updates and goes back (UPDATING). */
export function updating(around: Around, patience: UpdatePatience = standardUpdatePatience) {
  const { connection, judging, policies, journal, runs, versions, clock, report } = around;
  const { gauges, credentials, registry, preferences, knowledge } = around;
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
    ...groundOf(around),
    target: (container: string, to: string | null, by: 'auto' | 'all' | null) =>
      checker.target(container, to, by),
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
    isHeldBeside: async (imageId: string, released: readonly Released[]) => {
      const inForce = await policies.current();
      if (inForce instanceof CareenError) return true;
      // What was removed just now still stands in the last judgement.
      const inventory = await judging.senseAnew();
      return isHeldBeside(inventory, inForce.policy, clock.now(), imageId, released);
    },
  };
  const copies = new Copies(ground.available);
  const worker = new Worker(
    ground,
    new Hooks(() => connection.required()),
    copies,
    (wanted, signal) =>
      isOfEngine(wanted, connection.required().facts)
        ? probe(wanted, probeDeadline, signal)
        : Promise.resolve('loopback of this machine, not the engine’s'),
    journal,
    clock,
    patience,
  );
  const updater = new Updater(ground, runs, journal, versions, worker, clock, patience);
  const previews = new Previews(
    {
      engine: ground.engine,
      inventory: () => judging.sense(),
      target: (container, to) => checker.target(container, to),
      details: (target) => checker.details(target),
      available: ground.available,
      names: async ({ facts }, container) => (await versions.of(facts)).namesFor(container),
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
  // Whoever is told of proven updates is told of late ones too.
  firstStarts.on('proven', (run) => updater.emit('ended', run));
  updater.on('progress', (progress) => checker.updating(progress));
  updater.on('ended', (run) => checker.updated(run));
  for (const part of [checker, updater, versions, firstStarts]) part.on('failed', report);
  return { checker, updater, firstStarts, previews, movingOver };
}

/** What updates by itself, and what follows from it: for the process that stays. */
export function beginUpdating(
  { meeting, connection, clock, report }: Around,
  { checker, updater }: Pick<ReturnType<typeof updating>, 'checker' | 'updater'>,
): void {
  // What was found last may come to the queue when that takes nothing more.
  const unlessStopped = (e: unknown) => {
    if (!isCareenError(e, 'run-cancelled')) report(e);
  };
  checker.on('due', (names) => {
    updater
      .update({ containers: names.map(inAnyVersion), copy: [] }, 'check', null)
      .catch(unlessStopped);
  });
  let tidied = -Infinity;
  const tidy = async () => {
    tidied = clock.now();
    await meeting.done();
    if (connection.engine) await updater.tidy();
  };
  connection.on('connected', () => void tidy().catch(unlessStopped));
  // What the policy holds no longer goes in the course of the day, on no timer of its own.
  checker.on('changed', () => {
    if (clock.now() - tidied >= day) void tidy().catch(unlessStopped);
  });
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
