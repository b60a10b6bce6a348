import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../support/bundle.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type EngineProxy, startProxy } from '../../support/engine-proxy.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { stage } from '../../support/update-scenarios.js';
import { answers, containers, updatePolicy } from '../../support/updating.js';

const key = '00112233445566aa';
/** The record at which the old container stands aside and the new one does not run yet. */
const middle = 10;

describe('one engine at two addresses', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  /** The other address. */
  let side: EngineProxy;
  let home: string;

  beforeAll(async () => {
    [engine, registry] = await Promise.all([startEngine(), startRegistry()]);
    side = await startProxy(engine.socket);
    home = await mkdtemp(path.join(tmpdir(), 'careen-home-'));
    await writeFile(path.join(home, 'policy.yaml'), updatePolicy);
  });
  afterAll(async () => {
    await side.close();
    await registry.dispose();
    await engine.dispose();
  });

  /** A crash in the middle of an update by way of the other address, as it stands in the home then. */
  const crash = async () => {
    await stage(engine, `${registry.host}/acme/web:1`, 'good');
    const entry = await bundle('test/support/entry-update.ts');
    const words = [entry, side.socket, home, 'update', 'any', String(middle), 'after'];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    const log = (of: string) => path.join(home, `${of}-000001.jsonl`);
    await rename(log('journal'), log(`journal-${key}`));
    const { ID: id } = (await engine.docker.info()) as { ID: string };
    const endpoint = `unix://${await realpath(side.socket)}`;
    const one = { key, name: 'side', context: null, endpoint, id, policy: 'shared', addedAt: 0 };
    const list = { version: 1, value: { together: false, engines: [one] } };
    await writeFile(path.join(home, 'engines.json'), JSON.stringify(list));
  };

  it('is left alone until what was cut off at the other one is finished', async () => {
    await crash();
    const half = await containers(engine);
    expect(half).not.toEqual(['web running']);
    side.target = path.join(home, 'nothing');
    const careen = await TestCareen.open({ socket: engine.socket, home });
    try {
      const why = { code: 'twin-unfinished', details: { name: 'side' } };
      await expect(careen.clean({ also: ['unrecoverable'] })).rejects.toMatchObject(why);
      const update = { containers: [{ container: 'web', to: null }] };
      await expect(careen.call('update.run', update)).rejects.toMatchObject(why);
      expect(await containers(engine)).toEqual(half);
      await expect(careen.call('engines.remove', { engine: key })).rejects.toMatchObject({
        code: 'engine-unfinished',
        details: { name: 'side' },
      });
      expect(careen.slice('fleet').engines).toMatchObject([{}, { key, unfinished: true }]);

      side.target = engine.socket;
      expect(await careen.clean({ also: ['unrecoverable'] })).toMatchObject({ outcome: 'done' });
      expect(await containers(engine)).toEqual(['web running']);
      await answers(8103);
      const { runs } = await careen.call('history', { since: null }, key);
      expect(runs).toMatchObject([{ kind: 'update', outcome: expect.any(String) as string }]);
    } finally {
      await careen.close();
    }
  });
});
