import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppendLog } from '../../../main/adapters/store/log.js';
import type { JournalRecord } from '../../../main/services/journal/records.js';
import { bundle } from '../../support/bundle.js';
import { updateStage } from '../../support/update-stage.js';
import {
  answers,
  containers,
  of,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

const port = 8112;
const idle = (version: string) => ({ cmd: ['sleep', '1000000'], labels: { version } });
const failing = { cmd: ['sh', '-c', 'echo broken; exit 3'] };

/** `vpn` has the port, and `app`, which lives in its network, answers on it. */
describe('updated together', () => {
  const on = updateStage();
  const { image } = on;
  let entry: string;

  beforeAll(async () => {
    entry = await bundle('test/support/entry-together.ts');
  });
  beforeEach(async () => {
    await publishAs(on.engine, image('vpn'), idle('v1'));
    await publishAs(on.engine, image('app'), service('v1'));
    await serve(on.engine, image('vpn'), 'vpn', port);
    const inside = { HostConfig: { NetworkMode: 'container:vpn' } };
    await serve(on.engine, image('app'), 'app', null, inside);
    expect(await answers(port)).toBe('v1');
  });

  const networkOfApp = async () => (await on.inspect('app')).HostConfig.NetworkMode;

  it('what hangs on one that fails is not updated, and follows it back', async () => {
    const [vpn, app] = [await on.inspect('vpn'), await on.inspect('app')];
    await publishAs(on.engine, image('vpn'), failing);
    await publishAs(on.engine, image('app'), service('v2'));
    await on.open();
    const run = await on.update('app', 'vpn');
    expect(of(run, 'vpn').result).toMatchObject({ state: 'rolled-back' });
    expect(of(run, 'app').result).toEqual({
      state: 'rolled-back',
      why: { code: 'root-failed', container: 'vpn' },
      log: [],
    });
    expect((await on.inspect('vpn')).Id).toBe(vpn.Id);
    expect((await on.inspect('app')).Image).toBe(app.Image);
    expect(await networkOfApp()).toBe(`container:${vpn.Id}`);
    // It answers again, which it does not where it was not started in the network that is back.
    expect(await answers(port)).toBe('v1');
    expect(await containers(on.engine)).toEqual(['app running', 'vpn running']);
  });

  it('what has nothing to do with one another goes side by side', async () => {
    await publishAs(on.engine, image('other'), idle('v1'));
    await serve(on.engine, image('other'), 'other', null);
    for (const name of ['vpn', 'other']) await publishAs(on.engine, image(name), idle('v2'));
    await on.open({ journalLog: meeting('pull', ['vpn', 'other']) });
    const run = await on.update('vpn', 'other');
    for (const name of ['vpn', 'other'])
      expect(of(run, name).result).toEqual({ state: 'updated', proven: true });
    expect(await networkOfApp()).toBe(`container:${(await on.inspect('vpn')).Id}`);
    expect(await answers(port)).toBe('v1');
  });

  it.each([
    ['prove', 'vpn'],
    ['create', 'app'],
    ['rename', 'app'],
  ])(
    'killed at %s of %s, they still hang together after the next start',
    async (step, container) => {
      const before = await on.inspect('vpn');
      await publishAs(on.engine, image('vpn'), idle('v2'));
      await publishAs(on.engine, image('app'), service('v2'));
      const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
      await writeFile(join(home, 'policy.yaml'), updatePolicy);
      const words = [entry, on.engine.socket, home, step, container, 'vpn', 'app'];
      const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');

      await on.open({ home });
      await on.careen.until('history', ({ head }) => head.every(({ outcome }) => outcome !== null));
      expect(await containers(on.engine)).toEqual(['app running', 'vpn running']);
      const vpn = await on.inspect('vpn');
      expect(await networkOfApp()).toBe(`container:${vpn.Id}`);
      const [run] = on.careen.slice('history').head;
      if (run?.kind !== 'update') throw new Error('the run is not told of');
      const isUpdated = (name: string) => of(run, name).result?.state === 'updated';
      expect(isUpdated('vpn')).toBe(vpn.Id !== before.Id);
      expect(await answers(port)).toBe(isUpdated('app') ? 'v2' : 'v1');
    },
  );
});

/** Holds each at a step until all of them have come to it. */
function meeting(step: string, names: readonly string[]) {
  const come = new Set<string>();
  const waiting: (() => void)[] = [];
  return (log: AppendLog<JournalRecord>): AppendLog<JournalRecord> => ({
    read: () => log.read(),
    append: async (record) => {
      await log.append(record);
      if (record.t !== 'step-intent' || record.step !== step) return;
      come.add(record.container);
      const isWhole = names.every((name) => come.has(name));
      if (isWhole) for (const go of waiting) go();
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
  });
}
