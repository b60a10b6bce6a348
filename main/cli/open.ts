import { homedir } from 'node:os';
import Conf from 'conf';
import { systemClock } from '../adapters/clock.js';
import { realEndpointOf, resolveEngine } from '../adapters/docker/endpoint.js';
import { thisHost } from '../adapters/docker/host-view.js';
import { homePath, openHome } from '../adapters/store/home.js';
import { prepareSettingsFile, Settings } from '../adapters/store/settings.js';
import { assemble, type Opened } from '../assemble.js';
import { commands, type CommandName, type Params, type Result } from '../contract/commands.js';
import { firstEngine } from '../contract/first-engine.js';
import type { RunSlice } from '../contract/slices.js';
import { engineNamed } from '../domain/engine-name.js';
import { CareenError, isCareenError } from '../domain/errors.js';
import type { CommandContext } from '../services/commands/types.js';
import { knownEngine } from './known-engines.js';
import { lastingSession } from './lasting.js';
import type { Session, SessionOptions } from './session.js';

export interface OpenParts extends SessionOptions {
  version: string;
  /** Told of what failed where nothing waits for an answer. */
  report: (error: unknown) => void;
}

/** A command line widens nothing: an engine is named by `--engine`, beforehand. */
const context: CommandContext = {
  by: 'cli',
  confirm: () => Promise.resolve(false),
  pickSocket: () => Promise.resolve(null),
  saveFile: () => Promise.resolve(null),
  openFolder: () => Promise.resolve(),
  testNotification: () => Promise.resolve(),
  openLink: () => Promise.resolve(),
};

/**
 * Opens the way to Careen: as the owner of the data home, or through the app that has it. Throws
 * `home-unwritable`, `home-foreign`, `owner-other-version`, and for an `--engine` that is not in the
 * list what naming an engine can fail with; `engine-other` where the app at work uses another one.
 */
export async function open({ version, report, ...options }: OpenParts): Promise<Session> {
  const { env, platform } = process;
  const flag = options.home ?? null;
  const place = homePath({ flag, env, platform, user: homedir() });
  const named = options.engine ?? null;
  const { key, engine, missing } = named === null ? theFirst : await engineOf(place, named);
  const home = await openHome(place);
  const clock = systemClock();
  return lastingSession(async () => {
    const opened = await assemble({
      home,
      version,
      by: 'cli',
      engine,
      clock,
      report,
      settings: async () => {
        const movedAside = await prepareSettingsFile(home, clock.now());
        const conf = new Conf({
          cwd: home,
          configName: 'config',
          projectName: 'careen',
          configFileMode: 0o600,
        });
        return { settings: new Settings(conf), movedAside };
      },
    });
    const of = named === null || missing === null ? key : await calledSo(opened, named, missing);
    return opened.role === 'owner' ? ownSession(opened, of) : clientSession(opened, engine, of);
  });
}

/** The key of the engine of the list that calls itself so; throws `engine-several`, and `missing` for none. */
async function calledSo(opened: Opened, text: string, missing: CareenError): Promise<string> {
  const session =
    opened.role === 'owner'
      ? ownSession(opened, firstEngine)
      : callsThrough(opened.client, firstEngine);
  try {
    const called = engineNamed((await session.call('engines.list', {})).engines, text);
    if (called === null) throw missing;
    return called.key;
  } catch (e) {
    await session.close(() => undefined);
    throw e;
  }
}

/** Which engine a command is for. */
interface Named {
  key: string;
  /** An endpoint for this process alone; null: the key says it. */
  engine: string | null;
  /** Set where only the engines themselves can tell which of them is called so: why it is nothing else. */
  missing: CareenError | null;
}

const theFirst: Named = { key: firstEngine, engine: null, missing: null };

/**
 * An engine of the list, by its key, else an endpoint for this process alone. What a person called one
 * goes before docker contexts, and these before what engines call themselves.
 */
async function engineOf(home: string, text: string): Promise<Named> {
  const known = await knownEngine(home, text);
  if (known !== null) return { ...theFirst, key: known };
  const host = thisHost();
  try {
    const { endpoint } = await resolveEngine(host, text);
    const engine = await realEndpointOf(host, endpoint);
    // A context, or another spelling, that leads to where one of the list is.
    const there = await knownEngine(home, engine);
    return there === null ? { ...theFirst, engine } : { ...theFirst, key: there };
  } catch (e) {
    if (!isCareenError(e, 'context-missing')) throw e;
    return { ...theFirst, missing: e };
  }
}

function ownSession({ careen, owner }: Extract<Opened, { role: 'owner' }>, key: string): Session {
  return {
    call: (name, params) => careen.run(name, params, context, key),
    onRun: (listener) =>
      careen.slices.onChange((name, engine) => {
        if (name === 'run' && engine === key) listener(careen.slices.get('run', key));
      }),
    close: async (staying) => {
      if (owner.busy) staying();
      await owner.drain();
      await careen.close();
    },
  };
}

async function clientSession(
  { client }: Extract<Opened, { role: 'client' }>,
  engine: string | null,
  key: string,
): Promise<Session> {
  const session = callsThrough(client, key);
  try {
    await client.follow(['run'], key);
    if (engine !== null) await requireEngine(session, engine);
    return session;
  } catch (e) {
    client.close();
    throw e;
  }
}

function callsThrough(client: Extract<Opened, { role: 'client' }>['client'], key: string): Session {
  return {
    call: async <N extends CommandName>(name: N, params: Params<N>) =>
      commands[name].result.parse(await client.call(name, params, key)) as Result<N>,
    onRun: (listener) =>
      client.onSlice(({ slice, value }) => {
        if (slice === 'run') listener(value as RunSlice);
      }),
    close: () => {
      client.close();
      return Promise.resolve();
    },
  };
}

/** The app has chosen its engine; a command for another one would act where it was not told to. */
async function requireEngine(session: Session, wanted: string): Promise<void> {
  const { engine } = await session.call('status', {});
  const current = engine.facts?.endpoint ?? engine.chosen?.endpoint ?? '';
  if (current !== wanted) throw new CareenError('engine-other', { wanted, current });
}
