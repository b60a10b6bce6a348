import type { DockerEngine } from '../adapters/docker/types.js';
import { diskReader } from '../adapters/host/disks/index.js';
import { thisDiskHost } from '../adapters/host/disks/this-host.js';
import { lookAt } from '../adapters/host/folders.js';
import { RegistryClient } from '../adapters/registry/client.js';
import { thisRegistryHost } from '../adapters/registry/credentials/index.js';
import type { EngineSide } from '../adapters/registry/types.js';
import { CareenError } from '../domain/errors.js';
import { isLocal } from '../domain/identity.js';
import { absentParts } from '../domain/policy/parts.js';
import { marksOf } from '../domain/triggers/pressure.js';
import { settleIntent } from '../services/cleaner/item.js';
import { Connection } from '../services/connection.js';
import { Gauges } from '../services/gauges.js';
import { Inventory } from '../services/inventory/index.js';
import { Journal } from '../services/journal/index.js';
import { Judging } from '../services/judging.js';
import { Knowledge } from '../services/knowledge/index.js';
import { Meeting } from '../services/meeting.js';
import { Policies } from '../services/policies.js';
import { Projects } from '../services/projects.js';
import { Recoverability } from '../services/recoverability/index.js';
import { Recovery, type Settlers } from '../services/recovery.js';
import { Runs } from '../services/runs.js';
import { Space } from '../services/space.js';
import { settleRestoring } from '../services/undo/restore.js';
import { Versions } from '../services/versions/index.js';
import type { Around } from './around.js';
import type { Home } from './home.js';
import type { Place } from './place.js';

/** Milliseconds. */
const inventoryTimes = { debounce: 200, silence: 15 * 60_000 };
const gaugeDeadline = 5_000;
const folderDeadline = 500;

/**
 * Puts together what reads one engine, its disk and its registries, judges it, and queues and records
 * what is done to it. Throws `home-unwritable`.
 *
 * @param settleUpdate see `Settlers`; asked only once all is put together
 */
export async function sensing(home: Home, place: Place, settleUpdate: Settlers['update']) {
  const { parts, preferences, stores, credentials, now, power, report } = home;
  const { clock } = parts;
  const { key, taker, turns } = place;
  const log = await stores.journal(key);
  const connection = new Connection(place.finder, clock, place.chosen);
  const knowledge = new Knowledge(
    (engine) => stores.knowledge(engine),
    clock,
    () => [...versions.retained(), ...place.retainedByTwins()],
    place.others,
  );
  const versions: Versions = new Versions((engine) => stores.versions(engine), {
    rollback: () =>
      judging.current?.rules.rollback ?? policyRead()?.rollback ?? absentParts.rollback,
    remembered: place.remembered,
    isPolicyRead: () => judging.current !== null || policyRead() !== null,
    bytesOf: (imageId) => judging.current?.byId.get(imageId)?.reclaimable.min ?? null,
    now,
  });
  const policyRead = () => {
    const { policy } = judging;
    return policy === null || policy instanceof CareenError ? null : policy.policy;
  };
  const inventory = new Inventory(connection, knowledge, clock, inventoryTimes);
  const policyFile = await stores.policy(place.policyOf);
  const policies = new Policies(policyFile, home.policyEdits.of(policyFile.path));
  const journal = new Journal(parts.journalLog?.(log) ?? log, log);
  const recovery = new Recovery(
    journal,
    { clean: settleIntent, undo: settleRestoring, update: settleUpdate },
    clock,
  );
  const runs = new Runs(
    async () => {
      await home.mayRun();
      if (connection.engine) await recovery.recover(connection.engine);
    },
    { take: (signal) => turns.take(taker, signal), takeNow: () => turns.takeNow(taker) },
    {
      finished: async () => {
        if (connection.engine) await place.cutOffByTwins.finished(connection.engine.facts);
      },
      isDue: () => connection.engine !== null && place.cutOffByTwins.isDue(connection.engine.facts),
    },
  );
  const meeting = new Meeting(
    connection,
    knowledge,
    inventory,
    recovery,
    runs,
    stores.listings,
    versions,
    clock,
  );
  const projects = new Projects(knowledge, (file) => lookAt(file, folderDeadline), clock);
  const judging: Judging = new Judging(
    connection,
    inventory,
    knowledge,
    policies,
    async () => {
      await connection.settled();
      await meeting.done();
      await projects.look();
    },
    clock,
    versions,
  );
  const registry = new RegistryClient(
    thisRegistryHost(parts.systemProxy),
    credentials,
    () => registrySide(connection.engine),
    now,
  );
  const recoverability = new Recoverability(registry, knowledge, judging, clock);
  const disks = thisDiskHost(gaugeDeadline);
  const gauges = new Gauges(
    connection,
    {
      readerOf: (engine) => diskReader(engine, disks, () => preferences.value.otherAppsData),
      host: async () => (await disks.space(parts.home)) ?? { why: 'silent', about: parts.home },
    },
    clock,
    report,
    () => marksOf(judging.current?.rules.triggers.pressure ?? null),
  );
  const space = new Space(
    {
      diskUse: (deadline) => inventory.diskUse(deadline),
      inventory: () => judging.sense(),
      used: async () => {
        await gauges.read();
        return gauges.value.engine.used;
      },
    },
    clock,
  );
  const around: Around = {
    key,
    connection,
    inventory,
    knowledge,
    judging,
    meeting,
    policies,
    preferences,
    journal,
    runs,
    versions,
    gauges,
    registry,
    credentials,
    recoverability,
    stores,
    power,
    userActive: parts.userActive ?? (() => false),
    clock,
    report,
  };
  return { around, log, projects, space };
}

/** What registries are to an engine. */
function registrySide(engine: DockerEngine | null): EngineSide {
  return {
    insecure: engine?.insecureRegistries ?? [],
    isElsewhere: engine !== null && !isLocal(engine.facts),
  };
}
