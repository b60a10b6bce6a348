import { join } from 'node:path';
import type { Clock } from './adapters/clock.js';
import { controlPlace } from './adapters/control/place.js';
import { finder } from './adapters/docker/finder.js';
import type { DockerEngine } from './adapters/docker/types.js';
import { diskReader } from './adapters/host/disks/index.js';
import { thisDiskHost } from './adapters/host/disks/this-host.js';
import { lookAt } from './adapters/host/folders.js';
import { thisMachine } from './adapters/host/machine.js';
import { onBattery } from './adapters/host/power.js';
import { RegistryClient } from './adapters/registry/client.js';
import type { EngineSide } from './adapters/registry/types.js';
import { Credentials, thisRegistryHost } from './adapters/registry/credentials/index.js';
import type { MovedAside } from './adapters/store/aside.js';
import { bundleOf } from './adapters/store/bundle.js';
import { contentsOf } from './adapters/store/contents.js';
import type { AppendLog } from './adapters/store/log.js';
import type { Settings } from './adapters/store/settings.js';
import { TextFile } from './adapters/store/text-file.js';
import { cleaning } from './assemble/cleaning.js';
import { Stores } from './assemble/stores.js';
import { suggesting } from './assemble/suggesting.js';
import { beginUpdating, cleanAfter, updating } from './assemble/updating.js';
import { isLocal } from './domain/identity.js';
import { absentParts } from './domain/policy/parts.js';
import { marksOf } from './domain/triggers/pressure.js';
import type { Thresholds } from './domain/suggestions/types.js';
import type { UpdatePatience } from './services/updater/types.js';
import { Versions } from './services/versions/index.js';
import type { Patience } from './services/cleaner/execution.js';
import { settleIntent } from './services/cleaner/item.js';
import { Commands } from './services/commands/index.js';
import { Connection } from './services/connection.js';
import { Diagnostics } from './services/diagnostics/index.js';
import { RecentErrors } from './services/diagnostics/errors.js';
import { Careen } from './services/facade.js';
import { Gauges } from './services/gauges.js';
import { HostNotice } from './services/host-notice.js';
import { Inventory } from './services/inventory/index.js';
import { Journal } from './services/journal/index.js';
import type { JournalRecord } from './services/journal/records.js';
import { Judging } from './services/judging.js';
import { Knowledge } from './services/knowledge/index.js';
import { Meeting } from './services/meeting.js';
import { claim } from './services/owner/claim.js';
import type { OwnerClient } from './services/owner/client.js';
import { LateServe } from './services/owner/late-serve.js';
import type { Owner } from './services/owner/owner.js';
import { Policies } from './services/policies.js';
import { type LoginItem, Preferences } from './services/preferences.js';
import { Projects } from './services/projects.js';
import { Recoverability } from './services/recoverability/index.js';
import { Registries } from './services/registries.js';
import { Recovery } from './services/recovery.js';
import { Runs } from './services/runs.js';
import { Samples } from './services/samples/index.js';
import { Space } from './services/space.js';
import { State } from './services/state/index.js';
import { settleRestoring } from './services/undo/restore.js';

/** What differs between the app, the command line and a test. */
export interface Parts {
  /** The data home's real path, opened. */
  home: string;
  version: string;
  by: 'app' | 'cli';
  /** An endpoint for this process alone (`--engine`), else null. */
  engine: string | null;
  /** Made once the home is this process's. */
  settings: () => Promise<{ settings: Settings; movedAside: MovedAside | null }>;
  clock: Clock;
  /** Told of what failed where no person waits for an answer. */
  report: (error: unknown) => void;
  /** Stands between the journal and its file; a test ends the process there. */
  journalLog?: (log: AppendLog<JournalRecord>) => AppendLog<JournalRecord>;
  /** Whether the machine runs on battery, as the desktop knows it; null is unknown. */
  power?: () => boolean | null;
  /** Launch at login, as this desktop does it. */
  loginItem?: LoginItem | null;
  /** The proxy that the desktop's settings name for an address, as proxy auto-configuration answers. */
  systemProxy?: (url: string) => Promise<string>;
  /** How long runs wait for their engine. */
  patience?: Patience;
  /** The same of updates. */
  updatePatience?: UpdatePatience;
  /** From what on something is suggested. */
  worthSuggesting?: Thresholds;
}

/**
 * The application itself, or the way to the process that has the data home. `owner` holds the home:
 * a process that ends with its own work lets that of its clients end first.
 */
export type Opened =
  | { role: 'owner'; careen: Careen; settings: Settings; owner: Owner }
  | { role: 'client'; client: OwnerClient };

/** Milliseconds. */
const inventoryTimes = { debounce: 200, silence: 15 * 60_000 };
const gaugeDeadline = 5_000;
const folderDeadline = 500;

/**
 * Claims the data home and puts the parts together, or finds who has it. Throws `home-unwritable`,
 * `home-foreign`, `owner-other-version`.
 */
export async function assemble(parts: Parts): Promise<Opened> {
  const { home, clock } = parts;
  const errors = new RecentErrors(() => clock.now());
  const report = (error: unknown) => {
    errors.note(error);
    parts.report(error);
  };
  const clients = new LateServe();
  const owner = await claim({
    place: controlPlace(home),
    self: { home, version: parts.version, by: parts.by },
    serve: clients.serve,
  });
  if (owner.role === 'client') return { role: 'client', client: owner };
  try {
    const { settings, movedAside } = await parts.settings();
    const now = () => clock.now();
    const preferences = new Preferences(
      settings,
      home,
      movedAside ? [movedAside] : [],
      parts.loginItem ?? null,
    );
    await preferences.readLoginItem().catch(report);
    const stores = await Stores.open({
      folder: home,
      now,
      report,
      onMovedAside: (moved) => preferences.tellMoved(moved),
    });
    const log = stores.journal;
    const connection = new Connection(finder, clock, parts.engine ?? settings.values.endpoint);
    const knowledge = new Knowledge(
      (engine) => stores.knowledge(engine),
      clock,
      () => versions.retained(),
    );
    const versions: Versions = new Versions((engine) => stores.versions(engine), {
      rollback: () => judging.current?.rules.rollback ?? absentParts.rollback,
      bytesOf: (imageId) => judging.current?.byId.get(imageId)?.reclaimable.min ?? null,
      now,
    });
    const inventory = new Inventory(connection, knowledge, clock, inventoryTimes);
    const policies = new Policies(new TextFile(join(home, 'policy.yaml')));
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
    const runs = new Runs(async () => {
      await owner.assertMine();
      await stores.reserve.ensure();
      if (connection.engine) await recovery.recover(connection.engine);
    });
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
    const credentials = new Credentials(thisRegistryHost(), now);
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
        host: async () => (await disks.space(home)) ?? { why: 'silent', about: home },
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
    const power = () => (parts.power ? Promise.resolve(parts.power()) : onBattery());
    const around = {
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
    const hostNotice = new HostNotice(around, await stores.hostNotice(), clock);
    const suggestions = await suggesting(
      around,
      cleaner,
      { forecast: () => samples.forecast, nextRun: () => triggers.status().next?.at ?? null },
      parts.worthSuggesting,
    );
    samples.on('changed', () => suggestions.again());
    const updates = updating(around, parts.updatePatience);
    const { checker, updater, previews, movingOver } = updates;
    cleanAfter(updater, triggers);
    const state = new State({
      connection,
      inventory,
      judging,
      runs,
      journal,
      policyFile: policies.path,
      gauges,
      samples,
      settings: preferences,
      followed: (slice) => owner.follows(slice),
      execution,
      undo,
      triggers,
      checker,
      updater,
      suggestions,
    });
    const registries = new Registries({ judging, checker, registry, credentials });
    const contents = () => contentsOf(home);
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
          home,
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
      hostNotice,
      journal,
      samples,
    ])
      part.on('failed', report);
    state.on('message', (message) => owner.publish(message));
    state.on('watched', (watched) => recoverability.watch(watched));
    state.on('watched', (watched) => projects.watch(watched));
    state.on('watched', (watched) => suggestions.watch(watched));
    const careen = new Careen(
      commands,
      state,
      execution,
      { triggers, hostNotice },
      updates,
      () =>
        endInOrder(
          [
            () => owner.stop(),
            () => triggers.close(),
            () => hostNotice.close(),
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
            () => knowledge.close(),
            () => log.close(),
            () => owner.close(),
          ],
          report,
        ),
      {
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
      },
    );
    await journal.open();
    // A command line ends with its command: what happens by itself is the app's.
    if (parts.by === 'app') {
      const isKnown = journal.history().length > 0 || (await policies.exists());
      await preferences.meet(isKnown).catch(report);
      triggers.begin();
      hostNotice.begin();
      beginUpdating(around, updates);
    }
    void connection.look();
    clients.begin((name, params) => careen.serve(name, params));
    return { role: 'owner', careen, settings, owner };
  } catch (e) {
    clients.fail(e);
    await owner.drain();
    await owner.close();
    throw e;
  }
}

/** What registries are to an engine. */
function registrySide(engine: DockerEngine | null): EngineSide {
  return {
    insecure: engine?.insecureRegistries ?? [],
    isElsewhere: engine !== null && !isLocal(engine.facts),
  };
}

/** Whatever fails on the way, the rest is ended too: above all the home is given up. */
async function endInOrder(
  steps: readonly (() => void | Promise<void>)[],
  report: (error: unknown) => void,
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (e) {
      report(e);
    }
  }
}
