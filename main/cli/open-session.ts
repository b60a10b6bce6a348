import { homedir } from 'node:os';
import Conf from 'conf';
import manifest from '../../package.json' with { type: 'json' };
import { systemClock } from '../adapters/clock.js';
import { realEndpointOf, resolveEngine } from '../adapters/docker/endpoint.js';
import { thisHost } from '../adapters/docker/host-view.js';
import { homePath, openHome } from '../adapters/store/home.js';
import { prepareSettingsFile, Settings } from '../adapters/store/settings.js';
import { assemble } from '../assemble.js';
import type { CommandName, Params, Result } from '../contract/commands.js';
import { CareenError } from '../domain/errors.js';
import type { Careen } from '../services/facade.js';
import type { OwnerClient } from '../services/owner/client.js';
import type { Session, SessionOptions } from './session.js';

/**
 * Opens the data home: as its owner, or as the client of the app that has it (DESIGN §3). Throws
 * `context-missing`, `endpoint-invalid`, `home-foreign`, `home-unwritable`, `engine-other`.
 */
export async function openSession(
  { home: flag, engine }: SessionOptions,
  report: (error: unknown) => void,
): Promise<Session> {
  const { env, platform } = process;
  const host = thisHost();
  const wanted =
    engine === undefined
      ? null
      : await realEndpointOf(host, (await resolveEngine(host, engine)).endpoint);
  const home = await openHome(homePath({ flag: flag ?? null, env, platform, user: homedir() }));
  const opened = await assemble({
    home,
    version: manifest.version,
    by: 'cli',
    engine: wanted,
    settings: async () => {
      const movedAside = await prepareSettingsFile(home, Date.now());
      const conf = new Conf({ cwd: home, configName: 'config', projectName: 'careen' });
      return { settings: new Settings(conf), movedAside };
    },
    clock: systemClock(),
    report,
  });
  if (opened.role === 'owner') return ownSession(opened.careen);
  const session = clientSession(opened.client);
  if (wanted !== null) await assertSameEngine(session, wanted);
  return session;
}

function ownSession(careen: Careen): Session {
  return {
    role: 'owner',
    call: (name, params) =>
      careen.run(name, params, {
        by: 'cli',
        // What a person says on a command line is said outside any window.
        confirm: () => Promise.resolve(true),
        pickSocket: () => Promise.resolve(null),
        openLink: (url) => Promise.reject(new CareenError('not-confirmed', { act: url })),
      }),
    onRun: (listener) =>
      careen.slices.onChange((slice) => {
        if (slice === 'run') listener(careen.slices.get('run'));
      }),
    close: () => careen.close(),
  };
}

function clientSession(client: OwnerClient): Session {
  return {
    role: 'client',
    call: <N extends CommandName>(name: N, params: Params<N>) =>
      client.call(name, params) as Promise<Result<N>>,
    onRun: (listener) => {
      const stop = client.onSlice((message) => {
        if (message.slice === 'run') listener(message.value as Parameters<typeof listener>[0]);
      });
      // Progress is a courtesy: without it the command still ends with its result.
      client.follow(['run']).catch(() => stop());
      return stop;
    },
    close: () => {
      client.close();
      return Promise.resolve();
    },
  };
}

async function assertSameEngine(session: Session, wanted: string): Promise<void> {
  const { engine } = await session.call('status', {});
  const current = engine.facts?.endpoint ?? engine.chosen?.endpoint ?? '';
  if (current === wanted) return;
  await session.close();
  throw new CareenError('engine-other', { wanted, current });
}
