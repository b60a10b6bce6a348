import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';
import { afterFirstOutcome } from '../../support/in-the-middle.js';
import { EngineCrashes } from '../../support/kill-engine.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { TestSshd } from '../../support/sshd.js';
import { clear } from '../../support/updating.js';

const everything = { also: ['unrecoverable', 'estimates'] };
const outages = ['cut', 'silent'] as const;

describe('runs on an engine by ssh', () => {
  let engine: TestEngine;
  let sshd: TestSshd;
  let registry: TestRegistry;
  beforeAll(async () => {
    [engine, registry] = await Promise.all([startEngine(), startRegistry()]);
    sshd = await TestSshd.start(engine);
  });
  afterAll(async () => {
    await sshd.dispose();
    await registry.dispose();
    await engine.dispose();
  });
  afterEach(async () => {
    await clear(engine);
    await expect.poll(() => sshd.clients()).toBe(0);
  });

  describe('a clean-up', () => {
    beforeEach(() => loadFleet(engine));

    const open = (options: Partial<Parameters<typeof TestCareen.open>[0]> = {}) =>
      TestCareen.open({
        socket: engine.socket,
        endpoint: sshd.url(),
        policy: testPolicy.replace('pause: 0s', 'pause: 10ms'),
        ...options,
      });

    it('removes what it says', async () => {
      const before = await imageIds(engine);
      const careen = await open();
      try {
        expect(careen.slice('engine').facts).toMatchObject({ endpoint: sshd.url() });
        const run = await careen.clean(everything);
        expect(run).toMatchObject({ outcome: 'done', failed: [], skipped: [] });
        const gone = new Set(run.removed.map(({ id }) => id));
        expect(gone.size).toBe(7);
        expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));
      } finally {
        await careen.close();
      }
    });

    it.each(outages)('goes on once the link is back: %s', async (how) => {
      const before = await imageIds(engine);
      const outage = sshd.outage(how);
      const careen = await open({
        journalLog: afterFirstOutcome(async () => {
          await outage.begin();
          void outage.end();
        }),
      });
      try {
        const run = await careen.clean(everything);
        expect(run).toMatchObject({ outcome: 'done', failed: [] });
        const gone = new Set(run.removed.map(({ id }) => id));
        expect(gone.size + run.skipped.length).toBe(7);
        expect(run.skipped.length).toBeLessThan(7);
        expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));
      } finally {
        await careen.close();
      }
    });

    it('is closed in the journal where the link comes back too late for it', async () => {
      const before = await imageIds(engine);
      const outage = sshd.outage('cut');
      const careen = await open({
        patience: { back: 500, measure: 30_000, building: 5_000 },
        journalLog: afterFirstOutcome(() => outage.begin()),
      });
      try {
        const run = await careen.clean(everything);
        expect(run.outcome).toBe('engine-lost');
        await outage.end();
        await careen.connected();
        const isWhole = ({ removed, skipped }: typeof run) => removed.length + skipped.length === 7;
        await careen.until('history', ({ head: [last] }) => {
          return last?.kind === 'clean' && isWhole(last);
        });
        const [settled] = await careen.cleanRuns();
        const gone = new Set(settled?.removed.map(({ id }) => id));
        expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));
      } finally {
        await careen.close();
      }
    });
  });

  describe('an update', () => {
    const ref = () => `${registry.host}/acme/web:1`;

    it.each([
      // Records of its journal: after one while it stops, after the other while it proves itself.
      ['cut', 12],
      ['silent', 18],
    ] as const)('comes to a good end where the link is %s at record %d', async (how, n) => {
      const crashes = new EngineCrashes(engine, ref(), sshd.outage(how));
      await crashes.check({ scenario: 'good', n, side: 'after' });
    });
  });
});
