import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { storeBytes } from '../../support/measure.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../../support/fleet.js';
import { loadImages, runContainer } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(stores)('a clean-up on $version $store @store', ({ version, store }) => {
  let engine: TestEngine;
  let fleet: Fleet;
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngine({ version, store });
  });
  afterAll(() => engine.dispose());

  beforeEach(async () => {
    fleet = await loadFleet(engine);
    careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
  });
  afterEach(async () => {
    await careen.close();
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  const stays: (keyof Fleet)[] = ['api2', 'api5', 'web1', 'web3', 'tool3'];
  const goes: (keyof Fleet)[] = ['api1', 'api3', 'api4', 'web2', 'tool1', 'tool2', 'loose'];
  const ids = (names: (keyof Fleet)[]) => names.map((name) => fleet[name].id).sort();

  it('leaves the engine exactly what the plan kept', async () => {
    const plan = await careen.call('plan.make', { policy: null });
    expect(plan.items.map((i) => i.id).sort()).toEqual(ids(goes));
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.outcome).toBe('done');
    expect(run.removed.map((i) => i.id).sort()).toEqual(ids(goes));
    expect(run.skipped).toEqual([]);
    expect(await imageIds(engine)).toEqual(ids(stays));
  });

  it('judges again after its own removals: nothing more can go', async () => {
    await careen.clean({ also: ['unrecoverable', 'estimates'] });
    const plan = await careen.call('plan.make', { policy: null });
    expect(plan.items).toEqual([]);
    await careen.until('images', (i) => i.totals.images === stays.length);
  });

  it('measures what it said: the store shrinks by the estimate', async () => {
    const before = await storeBytes(engine);
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    const measured = before - (await storeBytes(engine));
    if (store === 'classic') {
      expect(run.measured).toBe(measured);
      expect(Math.abs(run.estimated.min - measured)).toBeLessThanOrEqual(measured * 0.001);
    } else {
      expect(run.estimated.min).toBeLessThanOrEqual(measured);
      expect(run.estimated.max).toBeGreaterThanOrEqual(measured);
      expect(run.estimated.max - run.estimated.min).toBeLessThanOrEqual(measured * 0.25);
    }
  });

  it('takes only what is chosen', async () => {
    const run = await careen.clean({
      also: ids(['tool1', 'tool2', 'web2']),
      except: ids(['tool1']),
    });
    const gone = run.removed.map((i) => i.id);
    expect(gone).toEqual(expect.arrayContaining(ids(['tool2', 'web2'])));
    expect(gone).not.toContain(fleet.tool1.id);
    expect(await imageIds(engine)).toEqual(expect.arrayContaining(ids([...stays, 'tool1'])));
  });

  it('never takes a protected image, by toggle or by name', async () => {
    await careen.call('image.protect', { id: fleet.api1.id, on: true });
    await careen.call('protect', { refs: ['myorg/web:2.1'], until: null, note: null });
    await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(await imageIds(engine)).toEqual(ids([...stays, 'api1', 'web2']));
  });

  it('skips an image that a container was started from after the plan, and tells it', async () => {
    const plan = await careen.call('plan.make', { policy: null });
    await runContainer(engine, { image: '127.0.0.1:5000/tool:a', name: 'late' });
    const run = await careen.call('plan.run', {
      planId: plan.planId,
      except: [],
      also: ['unrecoverable', 'estimates'],
    });
    expect(run.skipped).toEqual([
      {
        kind: 'image',
        id: fleet.tool1.id,
        refs: ['127.0.0.1:5000/tool:a'],
        reason: { code: 'in-use', containers: ['late'] },
      },
    ]);
    expect(await imageIds(engine)).toContain(fleet.tool1.id);
  });

  it('skips an image whose tag moved after the plan', async () => {
    const plan = await careen.call('plan.make', { policy: null });
    await engine.docker.getImage(fleet.web3.id).tag({ repo: '127.0.0.1:5000/tool', tag: 'b' });
    const run = await careen.call('plan.run', {
      planId: plan.planId,
      except: [],
      also: ['unrecoverable', 'estimates'],
    });
    expect(run.skipped).toMatchObject([
      { id: fleet.tool2.id, reason: { code: 'tag-moved', ref: '127.0.0.1:5000/tool:b' } },
    ]);
    expect(await imageIds(engine)).toContain(fleet.web3.id);
    expect(await imageIds(engine)).toContain(fleet.tool2.id);
  });

  it('skips an image that was given a second name after the plan', async () => {
    const plan = await careen.call('plan.make', { policy: null });
    await engine.docker.getImage(fleet.api4.id).tag({ repo: 'precious', tag: 'one' });
    const run = await careen.call('plan.run', {
      planId: plan.planId,
      except: [],
      also: ['unrecoverable', 'estimates'],
    });
    expect(run.skipped.map((s) => s.id)).toEqual([fleet.api4.id]);
    const { RepoTags } = await engine.docker.getImage(fleet.api4.id).inspect();
    expect([...RepoTags].sort()).toEqual(['myorg/api:1.3', 'precious:one']);
  });

  it('keeps a base while what is built on it is taken out of the plan', async () => {
    const [base, child] = await loadImages(engine, [
      {
        refs: ['stack:base'],
        created: '2026-08-01T00:00:00Z',
        layers: ['busybox', { key: 'sb', kB: 50 }],
      },
      {
        refs: ['stack:child'],
        created: '2026-08-02T00:00:00Z',
        layers: ['busybox', { key: 'sb', kB: 50 }, { key: 'sc', kB: 50 }],
      },
      {
        refs: ['stack:new'],
        created: '2026-08-03T00:00:00Z',
        layers: ['busybox', { key: 'sn', kB: 50 }],
      },
    ]);
    if (!base || !child) throw new Error('the images were not loaded');
    await careen.until('images', (i) => i.totals.images === 15);
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'], except: [child.id] });
    expect(run.removed.map((i) => i.id)).not.toContain(base.id);
    expect(await imageIds(engine)).toEqual(expect.arrayContaining([base.id, child.id]));
  });
});
