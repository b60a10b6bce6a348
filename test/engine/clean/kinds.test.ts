import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ItemKind } from '../../../main/domain/plan/types.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { buildImage } from '../../support/engine-cli.js';
import { loadImages, runContainer } from '../../support/images.js';

/** By this policy all that is no image may go at once, and images stay. */
const policy = `version: 1
grace: 0s
containers: { enabled: true, exitedFor: 0s }
networks: { enabled: true, unusedFor: 0s }
buildCache: { enabled: true, unusedFor: 0s, keep: 0GB }
limits: { pause: 0s }
`;

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(stores)('what is no image, on $version $store @store', (kind) => {
  let engine: TestEngine;
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngine(kind);
    await loadImages(engine, [{ refs: ['base:1'], layers: ['busybox', { key: 'b', kB: 100 }] }]);
  });
  afterAll(() => engine.dispose());

  afterEach(async () => {
    await careen.close();
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    await engine.docker.pruneNetworks();
    const { Volumes } = await engine.docker.listVolumes();
    for (const { Name } of Volumes) await engine.docker.getVolume(Name).remove();
  });

  const open = async () => {
    careen = await TestCareen.open({ socket: engine.socket, policy });
  };
  const ended = (name: string, options: object = {}) =>
    runContainer(engine, { image: 'base:1', name, state: 'exited', options });
  const containers = async () =>
    (await engine.docker.listContainers({ all: true })).map((c) => c.Names[0]?.slice(1)).sort();
  const networks = async () =>
    (await engine.docker.listNetworks()).map((n) => n.Name).filter((name) => name.startsWith('n-'));
  const volumes = async () => (await engine.docker.listVolumes()).Volumes.map((v) => v.Name);
  const clean = async (kinds: ItemKind[], names: string[]) => {
    const plan = await careen.call('plan.make', { policy: null, kinds });
    const also = plan.items
      .filter((i) => i.refs.some((ref) => names.includes(ref)))
      .map((i) => i.id);
    return { plan, run: () => careen.call('plan.run', { planId: plan.planId, except: [], also }) };
  };

  it('exited containers go, without their volumes', async () => {
    await ended('old', { Volumes: { '/data': {} } });
    await runContainer(engine, { image: 'base:1', name: 'runs' });
    const before = await volumes();
    expect(before).toHaveLength(1);
    await open();
    const { run } = await clean(['container'], ['old']);
    const { removed, skipped } = await run();
    expect(removed).toMatchObject([{ kind: 'container', refs: ['old'], reason: { code: 'part' } }]);
    expect(skipped).toEqual([]);
    expect(await containers()).toEqual(['runs']);
    expect(await volumes()).toEqual(before);
  });

  it('a container that ran again since the plan stays, also when it has ended by now', async () => {
    await ended('again');
    await ended('runs');
    await open();
    const { run } = await clean(['container'], ['again', 'runs']);
    const again = engine.docker.getContainer('again');
    await again.start();
    await again.wait();
    await engine.docker.getContainer('runs').remove();
    await runContainer(engine, { image: 'base:1', name: 'runs' });
    const { removed, skipped } = await run();
    expect(removed).toEqual([]);
    const reasons = new Map(skipped.map((s) => [s.refs[0], s.reason.code]));
    expect(reasons.get('runs')).toBe('gone');
    expect(['state-changed', 'now-kept']).toContain(reasons.get('again'));
    expect(await containers()).toEqual(['again', 'runs']);
  });

  it('a network goes, and stays when a container was given it since the plan, running or not', async () => {
    await engine.docker.createNetwork({ Name: 'n-free' });
    await engine.docker.createNetwork({ Name: 'n-taken' });
    await open();
    const { run } = await clean(['network'], ['n-free', 'n-taken']);
    await runContainer(engine, {
      image: 'base:1',
      name: 'late',
      state: 'created',
      options: { HostConfig: { NetworkMode: 'n-taken' } },
    });
    const { removed, skipped } = await run();
    expect(removed.map((i) => i.refs)).toEqual([['n-free']]);
    expect(skipped).toMatchObject([
      { kind: 'network', refs: ['n-taken'], reason: { code: 'in-use', containers: ['late'] } },
    ]);
    expect(await networks()).toEqual(['n-taken']);
  });

  it('a volume goes only by name, and stays when a container was given it since the plan', async () => {
    for (const Name of ['v-one', 'v-two', 'v-three']) await engine.docker.createVolume({ Name });
    await open();
    const { plan, run } = await clean(['volume'], ['v-one', 'v-two']);
    expect(plan.items.every((i) => !i.ticked && i.group === null)).toBe(true);
    await runContainer(engine, {
      image: 'base:1',
      name: 'late',
      state: 'created',
      options: { HostConfig: { Binds: ['v-two:/data'] } },
    });
    const { removed, skipped } = await run();
    expect(removed.map((i) => i.id)).toEqual(['volume:v-one']);
    expect(skipped).toMatchObject([
      { kind: 'volume', refs: ['v-two'], reason: { code: 'in-use', containers: ['late'] } },
    ]);
    expect((await volumes()).sort()).toEqual(['v-three', 'v-two']);
  });
});

describe.each([stores[0], stores[2]])('the build cache on $version @store', (kind) => {
  let engine: TestEngine;
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngine(kind);
    await loadImages(engine, [{ refs: ['base:1'], layers: ['busybox', { key: 'b', kB: 100 }] }]);
    await buildImage(engine, {
      tag: 'built:1',
      dockerfile: 'FROM base:1\nRUN dd if=/dev/zero of=/big bs=1024 count=2000\n',
    });
    await engine.docker.getImage('built:1').remove();
  });
  beforeEach(async () => {
    careen = await TestCareen.open({ socket: engine.socket, policy });
  });
  afterEach(() => careen.close());
  afterAll(() => engine.dispose());

  it('is pruned as the policy says, and the engine says what that freed', async () => {
    const before = (await engine.docker.df()) as { BuildCache: { Size: number }[] };
    expect(before.BuildCache.length).toBeGreaterThan(0);
    const plan = await careen.call('plan.make', { policy: null, kinds: ['buildCache'] });
    expect(plan.items).toMatchObject([{ kind: 'buildCache', id: 'build-cache', refs: [] }]);
    const run = await careen.call('plan.run', {
      planId: plan.planId,
      except: [],
      also: ['build-cache'],
    });
    expect(run.removed).toMatchObject([{ kind: 'buildCache', id: 'build-cache' }]);
    expect(run.removed[0]?.freed).toBeGreaterThan(1_000_000);
    // Careen counts again once it hears of the pruning, and 20.10 refuses to count for two.
    await careen.close();
    const after = (await engine.docker.df()) as { BuildCache: { Size: number }[] | null };
    expect((after.BuildCache ?? []).length).toBeLessThan(before.BuildCache.length);
  });
});
