import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { type EngineProxy, startProxy } from '../../support/engine-proxy.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  answers,
  clear,
  containers,
  of,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

const port = 8102;

/** A service that writes its version into its volume and answers with it. */
const database = (version: string) =>
  service(version, {
    cmd: [
      'sh',
      '-c',
      `echo ${version} >/data/version; mkdir -p /www; echo ${version} >/www/index.html; exec httpd -f -p 80 -h /www`,
    ],
  });

describe('the data of an updated container', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let proxy: EngineProxy;
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine()]);
    proxy = await startProxy(engine.socket);
    ref = `${registry.host}/acme/db:1`;
  });
  afterAll(async () => {
    await proxy.close();
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(async () => {
    proxy.meanwhile = () => Promise.resolve();
    await publishAs(engine, ref, database('v1'));
    await serve(engine, ref, 'db', port, { HostConfig: { Binds: ['pgdata:/data'] } });
    await answers(port);
    careen = await TestCareen.open({ socket: proxy.socket, policy: updatePolicy });
    await publishAs(engine, ref, database('v2'));
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    for (const name of await volumes()) await engine.docker.getVolume(name).remove();
    expect(careen.reported).toEqual([]);
  });

  const volumes = async () => (await engine.docker.listVolumes()).Volumes.map((v) => v.Name).sort();
  const fileIn = async (volume: string) =>
    join((await engine.docker.getVolume(volume).inspect()).Mountpoint, 'version');
  const written = async (volume: string) => (await readFile(await fileIn(volume), 'utf8')).trim();
  const kept = async () => {
    const { rows } = await careen.call('update.check', { containers: ['db'] });
    return rows.find(({ container }) => container === 'db')?.kept ?? [];
  };
  const update = async (copy: string[] = ['db']) =>
    of(
      await careen.call('update.run', { containers: [{ container: 'db', to: null }], copy }),
      'db',
    );

  it('is copied first, given back with the version, and what was newer is kept with its own', async () => {
    const updated = await update();
    expect(updated.result).toEqual({ state: 'updated', proven: true });
    expect(updated.steps.map(({ step, state }) => `${step} ${state}`)).toContain(
      'copy-volumes done',
    );
    expect(await written('pgdata')).toBe('v2');
    const [copy = ''] = (await volumes()).filter((name) => name.startsWith('careen-copy-'));
    expect(await written(copy)).toBe('v1');
    expect(await kept()).toMatchObject([{ copies: [{ volume: 'pgdata', copy }] }]);

    const back = of(await careen.call('update.rollback', { container: 'db', copies: true }), 'db');
    expect(back.result).toEqual({ state: 'restored' });
    expect(await answers(port)).toBe('v1');
    expect(await written('pgdata')).toBe('v1');
    expect(await containers(engine)).toEqual(['db running']);
    const [newer] = (await kept()).filter(({ label }) => label === 'v2');
    expect(newer?.copies).toMatchObject([{ volume: 'pgdata' }]);
    expect(await written(newer?.copies[0]?.copy ?? '')).toBe('v2');

    await careen.call('update.release', { container: 'db' });
    expect(await volumes()).toEqual(['pgdata']);
  });

  it('stays as the newer version left it where no copy is asked back', async () => {
    await update();
    await careen.call('update.rollback', { container: 'db' });
    expect(await answers(port)).toBe('v1');
    await writeFile(await fileIn('pgdata'), 'since');
    // The copy can still be asked for.
    expect((await kept()).flatMap(({ copies }) => copies)).toHaveLength(1);
  });

  it('is not touched by an update that another container’s writing forbids to copy', async () => {
    await serve(engine, ref, 'other', null, {
      Cmd: ['sleep', '1000'],
      HostConfig: { Binds: ['pgdata:/data'] },
    });
    const { result } = await update();
    expect(result).toMatchObject({ state: 'failed', error: { code: 'copy-failed' } });
    expect(await answers(port)).toBe('v1');
    expect(await written('pgdata')).toBe('v1');
    expect(await volumes()).toEqual(['pgdata']);
  });

  /** What others do right before the engine gets the first call of this kind for a helper of a copy. */
  const beforeCall = (method: string, of: RegExp, act: () => Promise<void>) => {
    let waits = true;
    proxy.meanwhile = async (asked, path) => {
      if (!waits || asked !== method || !of.test(path)) return;
      waits = false;
      await act();
    };
  };
  const copyNamed = async (text: string) => {
    const copies = (await volumes()).filter((name) => name.startsWith('careen-copy-'));
    const holds = await Promise.all(copies.map(async (name) => (await written(name)) === text));
    return copies.filter((_, n) => holds[n]);
  };
  /** Careen quits, and is started again. */
  const again = async () => {
    await careen.close();
    careen = await TestCareen.open({ socket: proxy.socket, home: careen.home, by: 'app' });
    await careen.until('history', ({ head }) => head.every(({ outcome }) => outcome !== null));
    const [run] = careen.slice('history').head;
    if (run?.kind !== 'rollback') throw new Error('no rollback is told of');
    return of(run, 'db');
  };

  it('is given back to the end where Careen quits in the middle', async () => {
    await update();
    const [older = ''] = await copyNamed('v1');
    const quitting: Promise<void>[] = [];
    beforeCall('PUT', new RegExp(`/${older}-writing/archive`), () => {
      quitting.push(careen.close());
      return Promise.resolve();
    });
    await careen.call('update.rollback', { container: 'db', copies: true });
    expect(quitting).toHaveLength(1);
    await quitting[0];
    expect(await answers(port)).toBe('v1');
    expect(await written('pgdata')).toBe('v1');

    expect((await again()).result).toEqual({ state: 'restored' });
    expect(await containers(engine)).toEqual(['db running']);
    expect(await copyNamed('v2')).toHaveLength(1);
  });

  it.each([
    ['as what is newer is copied', 'PUT', /-2-writing\/archive/],
    // What it was copied by goes next.
    ['once what is newer was copied', 'DELETE', /\/containers\//],
  ])('is as it was where Careen quits before any was given back, %s', async (_, method, path) => {
    await update();
    const [older = ''] = await copyNamed('v1');
    const quitting: Promise<void>[] = [];
    beforeCall(method, path, () => {
      quitting.push(careen.close());
      return Promise.resolve();
    });
    const back = of(await careen.call('update.rollback', { container: 'db', copies: true }), 'db');
    expect(back.result).toEqual({ state: 'skipped', why: { code: 'interrupted' } });
    expect(quitting).toHaveLength(1);
    await quitting[0];
    expect(await answers(port)).toBe('v2');
    expect(await written('pgdata')).toBe('v2');
    expect(await volumes()).toEqual([older, 'pgdata']);
    expect((await again()).result).toEqual({ state: 'skipped', why: { code: 'interrupted' } });
  });

  it('is kept and told of where it cannot be given back again', async () => {
    await update();
    const [older = ''] = await copyNamed('v1');
    // Someone takes its port and its volume: it does not start, and what it has cannot be changed.
    beforeCall('POST', /\/containers\/[0-9a-f]+\/start/, async () => {
      await serve(engine, ref, 'other', port, { HostConfig: { Binds: ['pgdata:/data'] } });
    });
    const back = of(await careen.call('update.rollback', { container: 'db', copies: true }), 'db');
    const newer = older.replace('1', '2');
    expect(back.result).toMatchObject({
      state: 'failed',
      error: { code: 'copy-failed', details: { copy: newer, why: 'not-put-back', by: ['other'] } },
    });
    expect((await again()).result).toEqual(back.result);
    const copies = (await kept()).flatMap((version) => version.copies.map(({ copy }) => copy));
    expect(copies.sort()).toEqual([older, newer]);
    expect(await copyNamed('v1')).toEqual([older]);
  });
});
