import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type EngineProxy, startProxy } from '../../support/engine-proxy.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../../support/fleet.js';

const everything = { also: ['unrecoverable', 'estimates'] };

/** Images of one age have no order of their own. */
const byId = (images: readonly { id: string }[]) =>
  images.toSorted((a, b) => a.id.localeCompare(b.id));

describe('an engine that errs, or is another one all at once', () => {
  let engine: TestEngine;
  let proxy: EngineProxy;
  let fleet: Fleet;

  beforeEach(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    fleet = await loadFleet(engine);
    proxy = await startProxy(engine.socket);
  });
  afterEach(async () => {
    await proxy.close();
    await engine.dispose();
  });

  it('an error in the middle of a removal takes no name away', async () => {
    const careen = await TestCareen.open({ socket: proxy.socket, policy: testPolicy });
    try {
      proxy.fault = (method, path) =>
        method === 'DELETE' && path.includes(fleet.api3.id.slice(7, 19)) ? 500 : null;
      const run = await careen.clean(everything);
      expect(run.failed.map((f) => f.id)).toEqual([fleet.api3.id]);
      expect(run.failed[0]?.error.code).toBe('engine-error');
      expect(run.removed).toHaveLength(6);
      const { RepoTags } = await engine.docker.getImage(fleet.api3.id).inspect();
      expect([...RepoTags].sort()).toEqual(['myorg/api:1.2', 'myorg/api:stable']);
    } finally {
      await careen.close();
    }
  });

  it('a run that finds another engine in the place of its own claims nothing', async () => {
    const other = await startEngine({ version: '26.1', store: 'classic' });
    const before = await imageIds(engine);
    let intents = 0;
    const careen = await TestCareen.open({
      socket: proxy.socket,
      // One image at a time, so that one alone is under way when the engine goes.
      policy: testPolicy.replace('pause: 0s', 'pause: 10ms'),
      journalLog: (log) => ({
        read: () => log.read(),
        append: async (record) => {
          await log.append(record);
          if (record.t !== 'intent' || ++intents !== 3) return;
          proxy.target = other.socket;
          proxy.cut();
        },
      }),
    });
    try {
      const run = await careen.clean(everything);
      expect(run.outcome).toBe('engine-lost');
      expect(run.removed).toHaveLength(2);
      const gone = new Set(run.removed.map((i) => i.id));
      expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));
      expect(await imageIds(other)).toEqual([]);

      proxy.target = engine.socket;
      proxy.cut();
      await careen.until(
        'history',
        ({ head: [run] }) => run?.kind === 'clean' && run.skipped.length === 5,
      );
      expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));
    } finally {
      await careen.close();
      await other.dispose();
    }
  });

  it('another engine that takes the place while nothing is under way is asked about, and met as another', async () => {
    const other = await startEngine({ version: '26.1', store: 'classic' });
    const careen = await TestCareen.open({ socket: proxy.socket, policy: testPolicy });
    /** Has an engine answer there, and says that it is another one. */
    const another = async ({ socket }: TestEngine) => {
      proxy.target = socket;
      proxy.cut();
      await careen.until('engine', ({ error }) => error?.code === 'engine-replaced');
      await expect(careen.call('inventory', {})).rejects.toMatchObject({ code: 'engine-replaced' });
      await careen.call('engines.another', { engine: 'first' });
      await careen.connected();
    };
    try {
      const { planId } = await careen.call('plan.make', { policy: null });
      const before = await careen.call('inventory', {});
      await another(other);
      expect((await careen.call('inventory', {})).images).toEqual([]);
      await expect(
        careen.call('plan.run', { planId, except: [], ...everything }),
      ).rejects.toMatchObject({
        code: 'plan-other-engine',
      });

      await another(engine);
      const after = await careen.call('inventory', {});
      expect(byId(after.images)).toEqual(byId(before.images));
    } finally {
      await careen.close();
      await other.dispose();
    }
  });

  it('a protection given while a run is under way holds', async () => {
    const slow = testPolicy.replace('pause: 0s', 'pause: 1s');
    const careen = await TestCareen.open({ socket: proxy.socket, policy: slow });
    try {
      const plan = await careen.call('plan.make', { policy: null });
      const last = plan.items.at(-1)?.id ?? '';
      const running = careen.call('plan.run', { planId: plan.planId, except: [], ...everything });
      await careen.until('run', ({ current }) => (current?.done ?? 0) >= 1);
      await careen.call('image.protect', { id: last, on: true });
      const run = await running;
      expect(run.skipped).toMatchObject([{ id: last, reason: { code: 'now-kept' } }]);
      expect(await imageIds(engine)).toContain(last);
    } finally {
      await careen.close();
    }
  });

  it('goes slower while the engine answers slowly or on battery, and tells why', async () => {
    const unhurried = testPolicy.replace('pause: 0s', 'pause: 20ms');
    let battery = true;
    const pingsTake = (ms: number) => {
      proxy.delay = (_, path) => (path.endsWith('/_ping') ? ms : 0);
    };
    // Slow is three times as long as before the run: on a busy machine the engine alone would be that.
    pingsTake(50);
    const careen = await TestCareen.open({
      socket: proxy.socket,
      policy: unhurried,
      power: () => battery,
    });
    try {
      const running = careen.clean(everything);
      await careen.until('run', ({ current }) => current?.slowed === 'battery');
      battery = false;
      pingsTake(1_500);
      await careen.until('run', ({ current }) => current?.slowed === 'engine-busy');
      pingsTake(0);
      const run = await running;
      expect(run.removed).toHaveLength(7);
    } finally {
      await careen.close();
    }
  });

  it('two protections at once are both kept', async () => {
    const careen = await TestCareen.open({ socket: proxy.socket, policy: testPolicy });
    try {
      await Promise.all([
        careen.call('image.protect', { id: fleet.api1.id, on: true }),
        careen.call('image.protect', { id: fleet.web2.id, on: true }),
      ]);
      const run = await careen.clean(everything);
      const gone = run.removed.map((i) => i.id);
      expect(gone).not.toContain(fleet.api1.id);
      expect(gone).not.toContain(fleet.web2.id);
    } finally {
      await careen.close();
    }
  });
});
