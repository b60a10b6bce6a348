import { mkdtemp, realpath, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Question } from '../../../main/contract/slices.js';
import { agreementOf, nothingRemembered } from '../../../main/services/triggers/memory.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, startEngineOnDisk, type TestEngine } from '../../support/engine.js';
import { loadImages, pullImage, pushImage } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { PassingClock } from '../../support/passing-clock.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const count = 8;
const minute = 60_000;
/** Percent; so near to each other that less than 30 % of the images go, and `auto` need not ask. */
const [high, low] = [40, 36];

const rules = (mode: string) => `version: 1
mode: ${mode}
grace: 0s
remove:
  - { match: "**" }
triggers:
  pressure: { high: ${high}%, low: ${low}%, cooldown: 1h }
limits: { pause: 0s }
`;

/** Each test pulls images onto a disk of the engine's own until that is over the high mark. */
describe.runIf(isInside)('a full disk', () => {
  let publisher: TestEngine;
  let engine: TestEngine & { disk: string };
  let registry: TestRegistry;
  let careen: TestCareen;
  let clock: PassingClock;
  let notified: Question[];
  let refs: string[];

  beforeAll(async () => {
    registry = await startRegistry();
    publisher = await startEngine();
    engine = await startEngineOnDisk({ version: '26.1', store: 'classic', sizeMB: 200 });
    refs = Array.from({ length: count }, (_, n) => `${registry.host}/acme/app:${n}`);
    await loadImages(
      publisher,
      refs.map((ref, n) => ({
        refs: [ref],
        created: new Date(Date.UTC(2026, 9, 1 + n)).toISOString(),
        layers: [{ key: `app-${n}`, kB: 10_000 }],
      })),
    );
    for (const ref of refs) await pushImage(publisher, ref);
  });
  afterAll(async () => {
    await engine.dispose();
    await publisher.dispose();
    await registry.dispose();
  });
  afterEach(async () => {
    await careen.close();
    expect(careen.reported).toEqual([]);
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  const open = async (mode: string) => {
    const policy = rules(mode);
    const home = await mkdtemp(join(tmpdir(), 'careen-pressure-'));
    const { ID } = (await engine.docker.info()) as { ID: string };
    const endpoint = `unix://${await realpath(engine.socket)}`;
    const agreed = agreementOf(policy, { endpoint, id: ID, store: engine.store });
    const value = { ...nothingRemembered, agreed };
    await writeFile(join(home, 'triggers.json'), JSON.stringify({ version: 1, value }));
    clock = new PassingClock();
    careen = await TestCareen.open({ socket: engine.socket, home, policy, clock, by: 'app' });
    notified = [];
    careen.careen.onQuestion((question) => notified.push(question));
  };
  const percent = async () => {
    const { blocks, bfree, bavail } = await statfs(engine.dataRoot);
    return (100 * (blocks - bfree)) / (blocks - bfree + bavail);
  };
  /** Pulls so many images, and lets the gauge be read. */
  const fill = async (images: number) => {
    for (const ref of refs.slice(0, images)) await pullImage(engine, ref);
    await careen.until('images', ({ totals }) => totals.images === images);
  };
  const asked = () => careen.until('run', ({ question }) => question !== null);

  it('is asked about once, and no more once its clean-up has run', async () => {
    await open('confirm');
    await fill(count);
    expect(await percent()).toBeGreaterThan(high);
    clock.pass(minute);
    await asked();
    const { question } = careen.slice('run');
    expect(question).toMatchObject({ by: 'pressure', why: 'mode' });
    const { used, available } = careen.slice('gauges').engine;
    const toFree = (used ?? 0) - ((used ?? 0) + (available ?? 0)) * (low / 100);
    expect(question?.reclaimable.min).toBeGreaterThanOrEqual(toFree);
    // No more than one image beyond what is needed.
    expect(question?.reclaimable.min).toBeLessThan(toFree + 11_000_000);
    const planId = question?.planId ?? '';
    const run = await careen.call('plan.run', { planId, except: [], also: [] });
    expect(run).toMatchObject({ outcome: 'done', skipped: [], failed: [] });
    const [told] = await careen.cleanRuns();
    expect(told).toMatchObject({ runId: run.runId, by: 'cli', answers: 'pressure' });
    expect(await percent()).toBeLessThanOrEqual(low + 0.5);
    for (let n = 0; n < 3; n++) {
      clock.pass(minute);
      await careen.call('status', {});
    }
    expect(careen.slice('run').question).toBeNull();
    expect(notified).toEqual([question]);
  });

  it('is freed down to its low mark by itself in auto, and the history tells why', async () => {
    await open('auto');
    await fill(count);
    clock.pass(minute);
    await careen.until('run', (run) => run.last !== null && run.current === null);
    const [run, ...others] = await careen.cleanRuns();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ by: 'pressure', outcome: 'done', skipped: [], failed: [] });
    expect(run?.removed.length).toBeLessThan(count);
    expect(await percent()).toBeLessThanOrEqual(low + 0.5);
    clock.pass(minute);
    await careen.call('status', {});
    expect(await careen.cleanRuns()).toHaveLength(1);
    expect(notified).toEqual([]);
  });
});
