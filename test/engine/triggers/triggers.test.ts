import { chmod, mkdtemp, writeFile, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Question } from '../../../main/contract/slices.js';
import { agreementOf, nothingRemembered } from '../../../main/services/triggers/memory.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds } from '../../support/fleet.js';
import { loadImages, pullImage, pushImage, runContainer } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { PassingClock } from '../../support/passing-clock.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const port = 5091;
const count = 14;
const kB = 500;
const MB = 1_000_000;
const minute = 60_000;

const ref = (n: number) => `127.0.0.1:${port}/app:${n}`;

/** What may go is everything that has no container; the budget holds ten of these images. */
const rules = (mode: string, more = '') => `version: 1
mode: ${mode}
grace: 0s
remove:
  - { match: "**" }
triggers:
  images: { max: 5200kB, to: 4200kB }
limits: { pause: 0s }
${more}`;

/** Each test has ten images pulled before Careen opens; every further one is above the budget. */
describe.runIf(isInside)('triggers', () => {
  let publisher: TestEngine;
  let engine: TestEngine;
  let registry: TestRegistry;
  let careen: TestCareen;
  let clock: PassingClock;
  let notified: Question[];

  beforeAll(async () => {
    registry = await startRegistry({ port });
    publisher = await startEngine();
    engine = await startEngine();
    await loadImages(
      publisher,
      Array.from({ length: count }, (_, n) => ({
        refs: [ref(n)],
        created: new Date(Date.UTC(2026, 9, 1 + n)).toISOString(),
        layers: [{ key: `app-${n}`, kB }],
      })),
    );
    for (let n = 0; n < count; n++) await pushImage(publisher, ref(n));
  });
  afterAll(async () => {
    await engine.dispose();
    await publisher.dispose();
    await registry.dispose();
  });

  beforeEach(async () => {
    await registry.start();
    for (let n = 0; n < 10; n++) await pullImage(engine, ref(n));
  });
  afterEach(async () => {
    await careen.close();
    expect(careen.reported).toEqual([]);
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  /** Opens the app; with `agreed` a person ran a plan of this policy before. */
  const open = async (policy: string, agreed = true) => {
    const home = await mkdtemp(join(tmpdir(), 'careen-triggers-'));
    const { ID } = (await engine.docker.info()) as { ID: string };
    const endpoint = `unix://${await realpath(engine.socket)}`;
    const identity = { endpoint, id: ID, store: engine.store };
    const value = { ...nothingRemembered, agreed: agreed ? agreementOf(policy, identity) : null };
    await writeFile(join(home, 'triggers.json'), JSON.stringify({ version: 1, value }));
    clock = new PassingClock();
    careen = await TestCareen.open({ socket: engine.socket, home, policy, clock, by: 'app' });
    notified = [];
    careen.careen.onQuestion((question) => notified.push(question));
  };
  const triggers = async () => (await careen.call('status', {})).triggers;
  const asked = async () => {
    await careen.until('run', ({ question }) => question !== null);
    return careen.slice('run').question as Question & { planId: string };
  };
  const ended = () => careen.until('run', (run) => run.last !== null && run.current === null);
  const onDisk = () => careen.slice('images').totals.onDisk;
  const listed = (images: number) =>
    careen.until('images', ({ totals }) => totals.images === images);

  describe('in auto', () => {
    it('take images down to their budget once it is passed', async () => {
      await open(rules('auto'));
      expect(await triggers()).toEqual({ mode: 'auto', next: null, waiting: null });
      await runContainer(engine, { image: ref(0), name: 'uses', state: 'created' });
      await pullImage(engine, ref(10));
      await ended();
      const [run] = await careen.cleanRuns();
      expect(run).toMatchObject({ by: 'image-budget', outcome: 'done', skipped: [], failed: [] });
      expect(run?.removed).toHaveLength(3);
      const names = run?.removed.flatMap(({ refs }) => refs);
      for (const n of [0, 10]) expect(names).not.toContain(ref(n));
      expect(run?.removed.every((item) => item.recoverable.state === 'verified')).toBe(true);
      await listed(8);
      expect(onDisk()).toBeLessThanOrEqual(4.2 * MB);
      expect(careen.slice('run').question).toBeNull();
      expect(notified).toEqual([]);
      // It fires again once it was down, however soon.
      for (const n of [11, 12, 13]) await pullImage(engine, ref(n));
      await careen.until('history', ({ head }) => head.length === 2 && head[0]?.endedAt !== null);
      await listed(8);
    });

    it('ask before the first run of a policy, and no more once a person ran it', async () => {
      await open(rules('auto'), false);
      await pullImage(engine, ref(10));
      const question = await asked();
      expect(question).toMatchObject({ by: 'image-budget', why: 'new-policy', items: 3 });
      expect(await imageIds(engine)).toHaveLength(11);
      await careen.call('plan.run', { planId: question.planId, except: [], also: [] });
      expect(careen.slice('run').question).toBeNull();
      await listed(8);
      for (const n of [11, 12, 13]) await pullImage(engine, ref(n));
      await careen.until('history', ({ head }) => head.length === 2 && head[0]?.endedAt !== null);
      const runs = await careen.cleanRuns();
      expect(runs.map(({ by }) => by)).toEqual(['image-budget', 'cli']);
    });

    it('ask about more than the limits let go', async () => {
      await open(rules('auto').replace('pause: 0s', 'pause: 0s, maxItems: 2'));
      await pullImage(engine, ref(10));
      const question = await asked();
      expect(question).toMatchObject({ why: 'many-items', items: 3 });
      const plan = await careen.call('plan.get', { planId: question.planId });
      expect(plan.free).toMatchObject({ shortfall: 0 });
      await careen.call('question.dismiss', { planId: question.planId });
      expect(careen.slice('run').question).toBeNull();
      expect(await imageIds(engine)).toHaveLength(11);
      expect(await careen.cleanRuns()).toEqual([]);
    });

    it('wait while the registry cannot be reached', async () => {
      await open(rules('auto'));
      await pullImage(engine, ref(10));
      await ended();
      for (const n of [11, 12]) await pullImage(engine, ref(n));
      await listed(10);
      // The last one comes while nothing may begin: the registry is away before anything does.
      await careen.call('pause', { until: clock.now() + 60 * minute });
      await pullImage(engine, ref(13));
      await listed(11);
      await registry.stop();
      await careen.call('pause', { until: null });
      await waits();
      expect(await imageIds(engine)).toHaveLength(11);
      expect(careen.slice('run').question).toBeNull();
      await registry.start();
      clock.pass(15 * minute);
      await careen.until('history', ({ head }) => head.length === 2 && head[0]?.endedAt !== null);
      await listed(8);
      expect((await triggers()).waiting).toBeNull();
    });

    it('leave alone while paused, and make up for it afterwards', async () => {
      await open(rules('auto'));
      await careen.call('pause', { until: clock.now() + 60 * minute });
      await pullImage(engine, ref(10));
      await listed(11);
      expect((await triggers()).mode).toBeNull();
      expect(await careen.cleanRuns()).toEqual([]);
      clock.pass(61 * minute);
      await ended();
      await listed(8);
    });
  });

  it('in confirm ask, and remove nothing before a person runs the plan', async () => {
    await open(rules('confirm'));
    await pullImage(engine, ref(10));
    const question = await asked();
    expect(question).toMatchObject({ by: 'image-budget', why: 'mode', items: 3 });
    // A notification is for a gigabyte and more.
    expect(notified).toEqual([]);
    await pullImage(engine, ref(11));
    await listed(12);
    expect(await careen.cleanRuns()).toEqual([]);
    await careen.call('plan.run', { planId: question.planId, except: [], also: [] });
    expect(await imageIds(engine)).toHaveLength(9);
    expect(careen.slice('run').question).toBeNull();
  });

  it('in suggest do nothing', async () => {
    await open(rules('suggest'));
    await pullImage(engine, ref(10));
    await listed(11);
    expect((await triggers()).mode).toBe('suggest');
    expect(careen.slice('run')).toMatchObject({ question: null, last: null });
  });

  it('do nothing by a policy that others may write', async () => {
    await open(rules('auto'));
    await chmod(join(careen.home, 'policy.yaml'), 0o666);
    await pullImage(engine, ref(10));
    await listed(11);
    await careen.until('images', ({ totals }) => totals.policy.modeLowered !== null);
    expect((await triggers()).mode).toBe('suggest');
    expect(await careen.cleanRuns()).toEqual([]);
    expect(careen.slice('run').question).toBeNull();
  });

  it('come by schedule', async () => {
    await open(
      rules('confirm').replace('images: { max: 5200kB, to: 4200kB }', 'schedule: "0 12 * * *"'),
    );
    const { next } = await triggers();
    expect(next).toMatchObject({ cause: 'schedule' });
    expect(new Date(next?.at ?? 0).getHours()).toBe(12);
    // It may come a little later, by chance.
    clock.pass((next?.at ?? 0) + 5 * 60_000 - clock.now());
    const question = await asked();
    // Its registry was asked: even the last of a repository could be had again.
    expect(question).toMatchObject({ by: 'schedule', why: 'mode', items: 10 });
    expect((await triggers()).next?.at).toBeGreaterThan(next?.at ?? 0);
  });

  async function waits(): Promise<void> {
    for (;;) {
      const { waiting } = await triggers();
      if (waiting !== null) {
        expect(waiting).toMatchObject({ cause: 'image-budget', for: 'offline' });
        return;
      }
    }
  }
});
