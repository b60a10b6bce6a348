import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';
import { type AppendLog } from '../../../main/adapters/store/log.js';
import type { JournalRecord } from '../../../main/services/journal/records.js';

const everything = { also: ['unrecoverable', 'estimates'] };

/** A journal that does something right after its n-th intent is on the disk. */
function atIntent(n: number, act: () => Promise<void>) {
  let intents = 0;
  return (log: AppendLog<JournalRecord>): AppendLog<JournalRecord> => ({
    read: () => log.read(),
    append: async (record) => {
      await log.append(record);
      if (record.t === 'intent' && ++intents === n) await act();
    },
  });
}

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(stores)(
  'an engine that ends in the middle of a run: $version $store @store',
  (kind) => {
    let engine: TestEngine;

    beforeEach(async () => {
      engine = await startEngine(kind);
      await loadFleet(engine);
    });
    afterEach(() => engine.dispose());

    it('is waited for: the run goes on with the rest, and claims only what happened', async () => {
      const before = await imageIds(engine);
      const careen = await TestCareen.open({
        socket: engine.socket,
        policy: testPolicy.replace('pause: 0s', 'pause: 10ms'),
        journalLog: atIntent(3, async () => {
          await engine.kill();
          void engine.start();
        }),
      });
      try {
        const run = await careen.clean(everything);
        expect(run.outcome).toBe('done');
        // The engine was gone before it was asked: what was announced then stands, and is not tried again.
        expect(run.skipped).toMatchObject([{ reason: { code: 'engine-lost' } }]);
        expect(run.failed).toEqual([]);
        expect(run.removed).toHaveLength(6);
        const gone = new Set(run.removed.map((i) => i.id));
        expect(await imageIds(engine)).toEqual(before.filter((id) => !gone.has(id)));

        const again = await careen.clean(everything);
        expect(again.removed.map((i) => i.id)).toEqual(run.skipped.map((i) => i.id));
      } finally {
        await careen.close();
      }
    });
  },
);

describe('an engine that does not come back in time', () => {
  let engine: TestEngine;

  beforeEach(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
  });
  afterEach(() => engine.dispose());

  const open = (patience: number) =>
    TestCareen.open({
      socket: engine.socket,
      policy: testPolicy.replace('pause: 0s', 'pause: 10ms'),
      patience: { back: patience, measure: 30_000, building: 5_000 },
      journalLog: atIntent(3, () => engine.kill()),
    });

  it('ends the run; what was under way is settled once it is back', async () => {
    const careen = await open(1_000);
    try {
      const run = await careen.clean(everything);
      expect(run.outcome).toBe('engine-lost');
      expect(run.removed).toHaveLength(2);
      expect(run.skipped).toHaveLength(4);
      expect(run.skipped.every((s) => s.reason.code === 'engine-lost')).toBe(true);

      await engine.start();
      await careen.until(
        'history',
        ({ head: [run] }) => run?.kind === 'clean' && run.skipped.length === 5,
      );
      expect((await imageIds(engine)).length).toBe(10);
    } finally {
      await careen.close();
    }
  });

  it('holds up nobody who cancels meanwhile', async () => {
    const careen = await open(600_000);
    try {
      const { planId } = await careen.call('plan.make', { policy: null });
      const running = careen.call('plan.run', { planId, except: [], ...everything, token: 't' });
      await careen.until('engine', (e) => e.status === 'lost');
      await careen.call('run.cancel', { runId: 't' });
      const run = await running;
      expect(run.outcome).toBe('cancelled');
      expect(run.removed).toHaveLength(2);
    } finally {
      await careen.close();
    }
  });
});
