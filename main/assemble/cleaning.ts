import { Cleaner } from '../services/cleaner/index.js';
import { Execution, type Patience } from '../services/cleaner/execution.js';
import { Triggers } from '../services/triggers/index.js';
import { Undo } from '../services/undo/index.js';
import { type Around, groundOf, registriesDeadline } from './around.js';

/** Puts together what cleans up, by a person or by itself, and what takes it back (JUDGING). */
export async function cleaning(around: Around, patience?: Patience) {
  const { connection, judging, policies, preferences, journal, runs, versions, gauges, stores } =
    around;
  const { recoverability, credentials, power, clock } = around;
  const ground = groundOf(around);
  const execution = new Execution(
    {
      ...ground,
      ownTags: (imageId) => versions.current?.tagsOn(imageId) ?? [],
      verdicts: (order, before) => judging.verdictsBy(order, before),
      // Nothing is down between two removals, so that others may go meanwhile.
      back: (...lost) => runs.apart(() => ground.back(...lost)),
    },
    journal,
    power,
    clock,
    patience,
  );
  execution.on('ended', () => gauges.readSoon());
  const undo = new Undo(
    journal,
    runs,
    {
      engine: ground.engine,
      refresh: async () => void (await judging.senseAnew()),
      lost: (engine, why) => connection.lost(engine, why),
    },
    (reference) => credentials.registryAuthHeader(reference),
    clock,
  );
  const cleaner = new Cleaner(
    {
      inventory: () => judging.sense(),
      judgement: () => judging.judgement(),
      policy: (given) => policies.required(given),
      verify: (ids, deadline) => recoverability.verify(ids, deadline),
      beginVerifying: (inventory, ids) => recoverability.begin(inventory, ids),
    },
    stores.plans,
    runs,
    execution,
    clock,
  );
  const triggers = new Triggers(
    {
      connection,
      judging,
      policies,
      cleaner,
      gauges,
      preferences,
      execution,
      senses: {
        inventory: () => judging.sense(),
        verify: (ids) => recoverability.verify(ids, registriesDeadline),
        unverified: (id) => recoverability.reasonOf(id),
      },
      power,
    },
    await stores.triggers(around.key),
    clock,
    Math.random,
  );
  return { execution, undo, cleaner, triggers };
}
