import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { recreate } from '../../../main/domain/recreate/index.js';
import type { Recreation } from '../../../main/domain/recreate/types.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, runContainer } from '../../support/images.js';
import { stores } from '../../support/stores.js';
import { input } from '../../unit/domain/recreate/engine.js';

const never = new AbortController().signal;

describe.each(stores)('beside the old container on $version $store @store', (kind) => {
  let test: TestEngine;
  let engine: DockerEngine;
  const names = new Map<string, string>();

  beforeAll(async () => {
    test = await startEngine(kind);
    const config = { Volumes: { '/kept': {} }, StopSignal: 'SIGKILL' };
    await loadImages(
      test,
      [1, 2].map((n) => ({ refs: [`anew/app:${n}`], env: [`V=${n}`], config })),
    );
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  /** Creates what is to take a container's place, which goes on running. */
  async function next(name: string): Promise<Recreation & { id: string; old: string }> {
    const [container, one, two] = await Promise.all([
      engine.inspectContainer(name),
      engine.inspectImage('anew/app:1'),
      engine.inspectImage('anew/app:2'),
    ]);
    if (!container || !one || !two) throw new Error(`${name} or its image is gone`);
    const recreation = recreate(
      input(container, {
        oldImage: one.defaults,
        newImage: two.defaults,
        reference: 'anew/app:2',
        apiMinor: Number(engine.facts.apiVersion.split('.')[1]),
        others: { nameOf: (id) => names.get(id) ?? null, mountsOf: () => null },
      }),
    );
    const id = await engine.createContainer(`${name}-next`, recreation.payload);
    return { ...recreation, id, old: container.Id };
  }

  it('the new one that starts too early fails, and starts once the old one has stopped', async () => {
    await test.docker.createNetwork({
      Name: 'early',
      IPAM: { Config: [{ Subnet: '10.98.0.0/24' }] },
    });
    await runContainer(test, {
      image: 'anew/app:1',
      name: 'early',
      options: {
        ExposedPorts: { '80/tcp': {} },
        HostConfig: {
          NetworkMode: 'early',
          PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18080' }] },
        },
        NetworkingConfig: {
          EndpointsConfig: { early: { IPAMConfig: { IPv4Address: '10.98.0.9' } } },
        },
      },
    });
    const { id, old } = await next('early');
    await expect(engine.startContainer(id)).rejects.toMatchObject({ code: 'engine-error' });
    expect((await engine.containerNow(id))?.status).toBe('created');
    expect((await engine.containerNow(old))?.status).toBe('running');
    expect(await engine.stopContainer(old)).toBe(true);
    await engine.startContainer(id);
    const now = await engine.inspectContainer(id);
    expect(now?.NetworkSettings['Networks']).toMatchObject({ early: { IPAddress: '10.98.0.9' } });
  });

  it('an anonymous volume outlives the one that the engine removes by itself', async () => {
    await runContainer(test, {
      image: 'anew/app:1',
      name: 'once',
      options: {
        Cmd: ['sh', '-c', 'echo mine > /kept/data; sleep 1000000'],
        HostConfig: { AutoRemove: true },
      },
    });
    const read = (id: string) =>
      engine.exec(id, ['cat', '/kept/data'], { timeout: 60_000, signal: never });
    await expect.poll(async () => (await read('once')).output).toBe('mine');
    const { id, old, anonymous } = await next('once');
    const gone = engine.waitRemoved(old, never);
    await engine.stopContainer(old);
    await gone;
    const [volume = ''] = Object.keys(anonymous);
    expect(anonymous).toEqual({ [volume]: '/kept' });
    expect(await engine.hasVolume(volume)).toBe(true);
    expect(await engine.renameContainer(id, 'once')).toBe(true);
    // Made anew again it has a name of its own, and its volume no longer goes with it.
    const again = await engine.inspectContainer(id);
    expect(again?.Mounts).toMatchObject([{ Name: volume, Destination: '/kept' }]);
    expect(again && recreate(input(again, { oldImage: null })).anonymous).toEqual({});
    expect(await engine.removeOwnContainer(id)).toEqual({ done: true });
    expect(await engine.hasVolume(volume)).toBe(true);
  });

  it.each(['bridge', 'apart'])(
    'one that was taken off its networks is on none: %s',
    async (mode) => {
      if (mode !== 'bridge') await test.docker.createNetwork({ Name: mode });
      const name = `off-${mode}`;
      const HostConfig = { NetworkMode: mode };
      const { id: before } = await runContainer(test, {
        image: 'anew/app:1',
        name,
        options: { HostConfig },
      });
      await test.docker.getNetwork(mode).disconnect({ Container: before });
      const { id, old } = await next(name);
      await engine.stopContainer(old);
      await engine.startContainer(id);
      for (const act of [() => Promise.resolve(true), () => engine.restartContainer(id)]) {
        expect(await act()).toBe(true);
        const now = await engine.inspectContainer(id);
        expect(now?.NetworkSettings['Networks']).toEqual({});
        expect(now?.HostConfig['NetworkMode']).toBe(mode);
      }
      // It can be put onto one again, as before.
      await test.docker.getNetwork(mode).connect({ Container: id });
    },
  );

  it('one that shared a network that is another container’s by now shares that one’s', async () => {
    const vpn = await runContainer(test, { image: 'anew/app:1', name: 'vpn' });
    await runContainer(test, {
      image: 'anew/app:1',
      name: 'shares',
      options: { HostConfig: { NetworkMode: 'container:vpn' } },
    });
    const made = await next('vpn');
    await engine.stopContainer(made.old);
    await engine.renameContainer(made.old, 'vpn-old');
    await engine.renameContainer(made.id, 'vpn');
    await engine.startContainer(made.id);
    await expect(engine.restartContainer('shares')).rejects.toMatchObject({
      code: 'engine-error',
    });
    // By the name that it had: what bears it now is what is meant.
    names.set(vpn.id, 'vpn');
    const { id, old } = await next('shares');
    await engine.stopContainer(old);
    await engine.startContainer(id);
    const now = await engine.inspectContainer(id);
    expect(now?.HostConfig['NetworkMode']).toBe(`container:${made.id}`);
  });
});
