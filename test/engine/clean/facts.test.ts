import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginePath } from '../../../scripts/lib/engines.mjs';
import { TestCareen } from '../../support/careen.js';
import { startProxy, type EngineProxy } from '../../support/engine-proxy.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { loadImages, pullImage, pushImage, runContainer } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();
const own = (key: string) => [{ key, kB: 10 }];
const row = (careen: TestCareen, id: string) =>
  careen.slice('images').upsert.find((r) => r.id === id);
/** As the engine is read now, with all that events have told. */
const factsOf = async (careen: TestCareen, id: string) =>
  (await careen.call('inventory', {})).images.find((image) => image.id === id);

describe('where images came from', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
  });
  afterAll(() => engine.dispose());

  it('is learnt from what the engine replays, and from what happens', async () => {
    const [tagged] = await loadImages(engine, [{ refs: ['old:1'], layers: own('old') }]);
    await engine.restart();
    await engine.docker.getImage('old:1').tag({ repo: 'old', tag: '2' });
    const [loose] = await loadImages(engine, [{ layers: own('loose') }]);
    const careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
    try {
      const old = await factsOf(careen, tagged?.id ?? '');
      expect([old?.origin, old?.arrived]).toEqual(['unknown', null]);
      expect(old?.lastTagged).not.toBeNull();
      expect((await factsOf(careen, loose?.id ?? ''))?.origin).toBe('loaded');
      const [late, next] = await loadImages(engine, [
        { layers: own('late') },
        { refs: ['old:1'], layers: own('next') },
      ]);
      await careen.until('images', () => row(careen, next?.id ?? '') !== undefined);
      await careen.until('images', () => row(careen, tagged?.id ?? '')?.refs.length === 1);
      expect((await factsOf(careen, late?.id ?? ''))?.origin).toBe('loaded');
      const { items } = await careen.call('plan.make', { policy: null });
      for (const { id } of [loose, late].flatMap((one) => one ?? []))
        expect(items.find((item) => item.id === id)).toMatchObject({
          ticked: false,
          group: 'unrecoverable',
        });
    } finally {
      await careen.close();
    }
  });
});

// 26.1 forgets such an image together with its name.
const keepsSuperseded = existsSync(enginePath('28.5', 'usr/sbin/dockerd'));

describe.runIf(keepsSuperseded)(
  'a pulled image that a pull superseded on a containerd store',
  () => {
    let registry: TestRegistry;
    let publisher: TestEngine;
    let engine: TestEngine;
    beforeAll(async () => {
      registry = await startRegistry();
      publisher = await startEngine({ version: '26.1', store: 'classic' });
      engine = await startEngine({ version: '28.5', store: 'containerd' });
    });
    afterAll(async () => {
      await engine.dispose();
      await publisher.dispose();
      await registry.dispose();
    });

    it('is judged under its repository and counted among its versions', async () => {
      const ref = `${registry.host}/api:1`;
      const publish = async (n: number) => {
        await loadImages(publisher, [{ refs: [ref], created: day(n), layers: own(`v${n}`) }]);
        await pushImage(publisher, ref);
      };
      const policy = testPolicy.replace('last: 1', 'last: 2');
      const careen = await TestCareen.open({ socket: engine.socket, policy });
      const pull = async () => {
        const before = careen.slice('images').upsert.length;
        await pullImage(engine, ref);
        await careen.until('images', ({ upsert }) => upsert.length > before);
        return (await engine.docker.getImage(ref).inspect()).Id;
      };
      try {
        await publish(1);
        const first = await pull();
        await publish(2);
        const second = await pull();
        await careen.until('images', () => row(careen, first)?.refs.length === 0);
        const { image } = await careen.call('image.get', { id: first });
        expect(image.facts).toMatchObject({ refs: [], digests: [], origin: 'pulled' });
        expect(image.decidedBy).toMatchObject({ kind: 'keep', rule: 'newest', rank: 2 });
        expect(image.references).toMatchObject([{ ref: `${registry.host}/api@${first}` }]);
        await publish(3);
        const third = await pull();
        await careen.until('images', () => row(careen, second)?.refs.length === 0);
        expect([first, second, third].map((id) => row(careen, id)?.verdict)).toEqual([
          'remove',
          'keep',
          'keep',
        ]);
      } finally {
        await careen.close();
      }
    });
  },
);

describe('an engine that cannot tell of one thing', () => {
  let engine: TestEngine;
  let proxy: EngineProxy;
  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    proxy = await startProxy(engine.socket);
  });
  afterAll(async () => {
    await proxy.close();
    await engine.dispose();
  });

  it('is met all the same; an image of which nothing is known is kept', async () => {
    const [broken, whole] = await loadImages(engine, [
      { refs: ['broken:1'], layers: own('broken') },
      { layers: own('whole') },
    ]);
    const id = broken?.id ?? '';
    proxy.fault = (_, path) => (path.includes(`${id}/history`) ? 500 : null);
    const careen = await TestCareen.open({
      socket: proxy.socket,
      policy: 'version: 1\ngrace: 0s\nremove: [{ match: "**" }, { untagged: true }]\n',
    });
    try {
      const { since } = careen.slice('engine');
      expect((await factsOf(careen, id))?.layers).toBeNull();
      const plan = await careen.call('plan.make', { policy: null });
      expect(plan.items.find((item) => item.id === id)).toMatchObject({ ticked: false });
      expect((await factsOf(careen, whole?.id ?? ''))?.layers).toHaveLength(1);

      // A container that is stuck is told as the list tells it.
      proxy.fault = (_, path) => (/containers\/[0-9a-f]{64}\/json/.test(path) ? 500 : null);
      await runContainer(engine, { image: 'broken:1', name: 'stuck', state: 'created' });
      await careen.until('images', () => row(careen, id)?.usedBy.includes('stuck') ?? false);

      // A list that fails is read again later.
      const listFailed = new Promise<void>((resolve) => {
        proxy.fault = (_, path) => {
          if (path.includes('/images/json')) resolve();
          return path.includes('/images/') ? 500 : null;
        };
      });
      const [late] = await loadImages(engine, [{ refs: ['late:1'], layers: own('late') }]);
      await listFailed;
      proxy.fault = () => null;
      await careen.until('images', () => row(careen, late?.id ?? '') !== undefined);
      expect(careen.slice('engine')).toMatchObject({ status: 'connected', since });
      const again = await careen.call('plan.make', { policy: null });
      expect(again.items.map((item) => item.id)).toContain(late?.id);
    } finally {
      await careen.close();
    }
  });
});
