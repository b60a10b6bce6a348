import { thisMachine } from '../adapters/host/machine.js';
import { bundleOf } from '../adapters/store/bundle.js';
import { contentsOf } from '../adapters/store/contents.js';
import { meansRefused } from '../domain/errors.js';
import { identityIn } from '../domain/identity.js';
import { Commands } from '../services/commands/index.js';
import { Diagnostics } from '../services/diagnostics/index.js';
import type { Room } from '../services/fleet/types.js';
import { HostNotice } from '../services/host-notice.js';
import { Registries } from '../services/registries.js';
import { Samples } from '../services/samples/index.js';
import { State } from '../services/state/index.js';
import { cleaning } from './cleaning.js';
import { endInOrder, type Home } from './home.js';
import type { Place } from './place.js';
import { sensing } from './sensing.js';
import { suggesting } from './suggesting.js';
import { beginUpdating, cleanAfter, updating } from './updating.js';

/** Puts together all that belongs to one engine. Throws `home-unwritable`. */
export async function openRoom(home: Home, place: Place): Promise<Room> {
  const { parts, owner, preferences, credentials, errors, now, report } = home;
  const { key } = place;
  const { around, log, projects, space } = await sensing(home, place, (engine, run) =>
    updates.updater.settle(engine, run),
  );
  const { connection, inventory, knowledge, judging, meeting, policies, journal, runs } = around;
  const { versions, gauges, registry, recoverability, stores, clock } = around;
  const { execution, undo, cleaner, triggers } = await cleaning(around, parts.patience);
  const samples = new Samples({ gauges, execution }, stores.samples, clock);
  const hostNotice = place.watchesHost
    ? new HostNotice(around, await stores.hostNotice(), clock)
    : null;
  const suggestions = suggesting(
    around,
    cleaner,
    home.dismissals,
    { forecast: () => samples.forecast, nextRun: () => triggers.next?.at ?? null },
    parts.worthSuggesting,
  );
  samples.on('changed', () => suggestions.again());
  triggers.on('changed', () => suggestions.lookAround());
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
  const stop = () => {
    // Before the runs: one that is cancelled then knows why.
    updater.close();
    updates.firstStarts.close();
    runs.stop();
    triggers.close();
    hostNotice?.close();
  };
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
    stop,
    close: () =>
      endInOrder(
        [
          stop,
          () => checker.close(),
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
