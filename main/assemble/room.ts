import type { DockerEngine } from '../adapters/docker/types.js';
import { diskReader } from '../adapters/host/disks/index.js';
import { thisDiskHost } from '../adapters/host/disks/this-host.js';
import { lookAt } from '../adapters/host/folders.js';
import { thisMachine } from '../adapters/host/machine.js';
import { RegistryClient } from '../adapters/registry/client.js';
import { thisRegistryHost } from '../adapters/registry/credentials/index.js';
import type { EngineSide } from '../adapters/registry/types.js';
import { bundleOf } from '../adapters/store/bundle.js';
import { contentsOf } from '../adapters/store/contents.js';
import { CareenError, meansRefused } from '../domain/errors.js';
import type { EngineFacts, Inventory as Facts } from '../domain/facts.js';
import { identityIn, isLocal } from '../domain/identity.js';
import { absentParts } from '../domain/policy/parts.js';
import { marksOf } from '../domain/triggers/pressure.js';
import { settleIntent } from '../services/cleaner/item.js';
import { Commands } from '../services/commands/index.js';
import { Connection, type Finder } from '../services/connection.js';
import { Diagnostics } from '../services/diagnostics/index.js';
import type { Room } from '../services/fleet/types.js';
import { Gauges } from '../services/gauges.js';
import { HostNotice } from '../services/host-notice.js';
import { Inventory } from '../services/inventory/index.js';
import { Journal } from '../services/journal/index.js';
import { Judging } from '../services/judging.js';
import { Knowledge } from '../services/knowledge/index.js';
import { Meeting } from '../services/meeting.js';
import { Policies } from '../services/policies.js';
import { Projects } from '../services/projects.js';
import { Recoverability } from '../services/recoverability/index.js';
import { Registries } from '../services/registries.js';
import { Recovery } from '../services/recovery.js';
import { Runs } from '../services/runs.js';
import { Samples } from '../services/samples/index.js';
import { Space } from '../services/space.js';
import { type Sources, State } from '../services/state/index.js';
import { settleRestoring } from '../services/undo/restore.js';
import type { Taker, Turns } from '../services/turns.js';
import type { OtherEngines } from '../services/types.js';
import { Versions } from '../services/versions/index.js';
import type { ServiceVersion } from '../services/versions/stored.js';
import { cleaning } from './cleaning.js';
import { endInOrder, type Home } from './home.js';
import { suggesting } from './suggesting.js';
import { beginUpdating, cleanAfter, updating } from './updating.js';

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
  retainedByTwins: () => Facts['retained'];
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

/** Milliseconds. */
const inventoryTimes = { debounce: 200, silence: 15 * 60_000 };
const gaugeDeadline = 5_000;
const folderDeadline = 500;

/** Puts together all that belongs to one engine. Throws `home-unwritable`. */
export async function openRoom(home: Home, place: Place): Promise<Room> {
  const { parts, owner, preferences, stores, credentials, errors, now, power, report } = home;
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
    {
      clean: settleIntent,
      undo: settleRestoring,
      update: (engine, run) => updates.updater.settle(engine, run),
    },
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
  const around = {
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
    clock,
    report,
  };
  const { execution, undo, cleaner, triggers } = await cleaning(around, parts.patience);
  const samples = new Samples({ gauges, execution }, stores.samples, clock);
  const hostNotice = place.watchesHost
    ? new HostNotice(around, await stores.hostNotice(), clock)
    : null;
  const suggestions = suggesting(
    around,
    cleaner,
    home.dismissals,
    { forecast: () => samples.forecast, nextRun: () => triggers.status().next?.at ?? null },
    parts.worthSuggesting,
  );
  samples.on('changed', () => suggestions.again());
  const updates = updating(around, parts.updatePatience);
  const { checker, updater, previews, movingOver } = updates;
  cleanAfter(updater, triggers);
  const state = new State({
    key,
    connection,
    inventory,
    judging,
    runs,
    journal,
    policyFile: policies.path,
    gauges,
    samples,
    settings: preferences,
    fleet: place.fleet,
    followed: (slice) => owner.follows(slice, key),
    execution,
    undo,
    triggers,
    checker,
    versions,
    updater,
    suggestions,
  });
  const registries = new Registries({ judging, checker, registry, credentials });
  const contents = () => contentsOf(parts.home);
  const diagnostics = new Diagnostics(
    { state, judging, policies, journal, registries, contents, errors },
    { version: parts.version, by: parts.by, ...thisMachine() },
    now,
  );
  const commands = new Commands(
    {
      connection,
      meeting,
      judging,
      cleaner,
      policies,
      journal,
      undo,
      recoverability,
      runs,
      gauges,
      samples,
      space,
      preferences,
      triggers,
      state,
      checker,
      updater,
      movingOver,
      previews,
      suggestions,
      registries,
      diagnostics,
      own: {
        version: parts.version,
        home: parts.home,
        contents,
        bundle: (folder, files) => bundleOf(folder, files, now()),
      },
      now,
    },
    (e) => errors.note(e),
  );
  for (const part of [
    knowledge,
    meeting,
    judging,
    inventory,
    triggers,
    ...(hostNotice ? [hostNotice] : []),
    journal,
    samples,
  ])
    part.on('failed', report);
  state.on('message', (message) => owner.publish(message));
  state.on('watched', (watched) => recoverability.watch(watched));
  state.on('watched', (watched) => projects.watch(watched));
  state.on('watched', (watched) => suggestions.watch(watched));
  await journal.open();
  const reached = async () => {
    // One that refused is not knocked at again before its time.
    if (!meansRefused(connection.error)) await connection.look();
    await meeting.done();
    return connection.required();
  };
  return {
    key,
    commands,
    connection,
    judging,
    state,
    runs,
    execution,
    triggers,
    hostNotice,
    checker,
    updater,
    retained: () => versions.retained(),
    imagesOfService: (id) => versions.imagesOfService(id),
    // What is only remembered says nothing of now.
    swarm: () =>
      connection.engine && inventory.asOf === null ? (inventory.listed?.swarm ?? null) : null,
    unfinished: () => journal.unfinished().map(({ begun }) => identityIn(begun.engineKey)),
    reached,
    finish: async () => {
      await reached();
      // Whatever begins closes what was cut off before.
      await runs.enqueue(() => Promise.resolve(), null, { finishes: true });
    },
    isKnown: async () => journal.history().length > 0 || (await policies.exists()),
    begin: () => {
      // A command line ends with its command: what happens by itself is the app's.
      if (parts.by === 'app') {
        triggers.begin();
        hostNotice?.begin();
        beginUpdating(around, updates);
      }
      void connection.look();
    },
    suspending: () => {
      triggers.suspending();
      checker.suspending();
    },
    woke: async () => {
      try {
        await inventory.reopen();
      } finally {
        triggers.woke();
        checker.woke();
      }
    },
    close: () =>
      endInOrder(
        [
          () => triggers.close(),
          () => hostNotice?.close(),
          () => checker.close(),
          () => updater.close(),
          () => updates.firstStarts.close(),
          () => gauges.close(),
          () => runs.close(),
          // After all that is sampled: runs, which mark clean-ups, and readings of the disk.
          () => samples.close(),
          () => registry.close(),
          () => recoverability.close(),
          () => projects.close(),
          () => suggestions.close(),
          () => judging.close(),
          () => policies.close(),
          // What still waits for an engine that does not answer ends with its connection.
          () => inventory.close(),
          () => connection.close(),
          () => meeting.close(),
          () => state.close(),
          () => knowledge.close(),
          () => log.close(),
        ],
        report,
      ),
  };
}

/** What registries are to an engine. */
function registrySide(engine: DockerEngine | null): EngineSide {
  return {
    insecure: engine?.insecureRegistries ?? [],
    isElsewhere: engine !== null && !isLocal(engine.facts),
  };
}
