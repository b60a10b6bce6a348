import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startProxy, type EngineProxy } from '../../support/engine-proxy.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { loadImages, runContainer } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(stores)('networks and volumes of $version $store @store', (kind) => {
  let engine: TestEngine;
  let proxy: EngineProxy;
  let careen: TestCareen;
  const asked: string[] = [];

  beforeAll(async () => {
    engine = await startEngine(kind);
    proxy = await startProxy(engine.socket);
    await loadImages(engine, [{ refs: ['kit/app:1'], layers: ['busybox'] }]);
    // What is there when they meet, and what the engine still replays of it.
    await engine.docker.createVolume({ Name: 'early' });
    const one = await runContainer(engine, {
      image: 'kit/app:1',
      name: 'before',
      options: { HostConfig: { Binds: ['early:/early'] } },
    });
    await one.remove({ force: true });
    proxy.fault = (method, path) => {
      asked.push(`${method} ${path.replace(/^\/v[\d.]+/, '').replace(/[?].*/, '')}`);
      return null;
    };
    careen = await TestCareen.open({ socket: proxy.socket, policy: testPolicy });
  });
  afterAll(async () => {
    await careen.close();
    await proxy.close();
    await engine.dispose();
  });

  const sensed = async () => careen.call('inventory', {});
  const volume = async (name: string) => (await sensed()).volumes.find((one) => one.name === name);
  const network = async (name: string) =>
    (await sensed()).networks.find((one) => one.name === name);

  it('are known from the first meeting on, with the use that is replayed', async () => {
    expect(await volume('early')).toMatchObject({
      usedBy: [],
      lastUsed: { by: 'before' },
      mountedAt: '/early',
    });
    expect(await network('bridge')).toMatchObject({ builtIn: true, lastUsed: { by: 'before' } });
  });

  it('come and go by their events, each with no more than three requests', async () => {
    await sensed();
    const each: [() => Promise<unknown>, () => Promise<boolean>][] = [
      [() => engine.docker.createNetwork({ Name: 'shop' }), async () => !!(await network('shop'))],
      [() => engine.docker.createVolume({ Name: 'data' }), async () => !!(await volume('data'))],
      [() => engine.docker.getNetwork('shop').remove(), async () => !(await network('shop'))],
      [() => engine.docker.getVolume('data').remove(), async () => !(await volume('data'))],
    ];
    for (const [act, seen] of each) {
      asked.length = 0;
      await act();
      await expect.poll(seen).toBe(true);
      expect(asked.length, asked.join()).toBeLessThanOrEqual(3);
      expect(asked.some((path) => path.includes('/images/'))).toBe(false);
    }
  });

  it('say who uses them, in any state, and who did last when nobody does', async () => {
    await engine.docker.createNetwork({ Name: 'shop' });
    await engine.docker.createVolume({ Name: 'data' });
    const container = await runContainer(engine, {
      image: 'kit/app:1',
      name: 'worker',
      options: { HostConfig: { NetworkMode: 'shop', Binds: ['data:/data'] } },
    });
    await expect.poll(() => network('shop')).toMatchObject({ usedBy: ['worker'] });
    expect(await volume('data')).toMatchObject({ usedBy: ['worker'], mountedAt: '/data' });
    await container.stop({ t: 0 });
    const stopped = await sensed();
    expect(stopped.volumes.find(({ name }) => name === 'data')?.usedBy).toEqual(['worker']);
    expect(stopped.networks.find(({ name }) => name === 'shop')?.usedBy).toEqual(['worker']);
    await container.remove();
    await expect.poll(() => volume('data')).toMatchObject({ usedBy: [] });
    expect(await volume('data')).toMatchObject({ lastUsed: { by: 'worker' }, mountedAt: '/data' });
    expect(await network('shop')).toMatchObject({ usedBy: [], lastUsed: { by: 'worker' } });
  });

  it('are used by a container that is connected later', async () => {
    const container = await runContainer(engine, { image: 'kit/app:1', name: 'late' });
    await sensed();
    asked.length = 0;
    await engine.docker.getNetwork('shop').connect({ Container: container.id });
    await expect.poll(() => network('shop')).toMatchObject({ usedBy: ['late'] });
    expect(asked.length, asked.join()).toBeLessThanOrEqual(3);
    await engine.docker.getNetwork('shop').disconnect({ Container: container.id });
    await expect
      .poll(() => network('shop'))
      .toMatchObject({ usedBy: [], lastUsed: { by: 'late' } });
    await container.remove({ force: true });
  });

  it('were used until then by a container that went while nobody watched', async () => {
    const container = await runContainer(engine, {
      image: 'kit/app:1',
      name: 'quiet',
      options: { HostConfig: { Binds: ['data:/data'] } },
    });
    await expect.poll(() => volume('data')).toMatchObject({ usedBy: ['quiet'] });
    const used = async () => (await sensed()).images[0]?.used;
    const started = await used();
    const { home } = careen;
    await careen.close();
    await container.remove({ force: true });
    // After its own restart the engine replays nothing.
    await engine.restart();
    careen = await TestCareen.open({ socket: proxy.socket, home });
    expect(await volume('data')).toMatchObject({ usedBy: [], lastUsed: { by: 'quiet' } });
    expect(await used()).toMatchObject({ by: 'quiet', source: 'container-finished' });
    expect((await used())?.at).toBeGreaterThan(started?.at ?? Infinity);
  });

  it('have sizes once the engine was asked, and so have containers', async () => {
    expect((await volume('data'))?.size).toBeNull();
    await careen.call('space', {});
    expect((await volume('data'))?.size).toBe(0);
  });
});
