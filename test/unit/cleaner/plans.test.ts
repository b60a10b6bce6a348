import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Kept } from '../../../main/adapters/store/kept.js';
import type { CleanRun } from '../../../main/contract/runs.js';
import { LayerIndex } from '../../../main/domain/layers.js';
import { outlookOf } from '../../../main/domain/plan/outlook.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import { Cleaner } from '../../../main/services/cleaner/index.js';
import type { Execution } from '../../../main/services/cleaner/execution.js';
import { Runs } from '../../../main/services/runs.js';
import { plansIn, storedPlan } from '../../../main/services/stored.js';
import { TestClock } from '../../support/clock.js';
import { container, inventory, now } from '../domain/arbitrary.js';
import { pulled } from '../triggers/stage.js';

const MOST = 50;
const file = 'policy.yaml';
const text = 'version: 1\ngrace: 0s\nremove: [{ match: "**" }]\n';
const all = { except: [], also: [] };

/** The real cleaner and store, over an engine of many images; what runs is only told. */
async function opened({ judgedBy = text }: { judgedBy?: string | null } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'careen-plans-'));
  const taken = inventory(
    Array.from({ length: 80 }, (_, n) => pulled(n + 1)),
    {
      containers: [container(1, 1, { sizeRw: 10 })],
    },
  );
  const policy = { policy: readPolicy(file, text), text, file };
  const rules = judgedBy === text ? policy.policy : readPolicy(file, judgedBy ?? text);
  const index = new LayerIndex(taken);
  const judged = { ...outlookOf(taken, rules, now, index), inventory: taken, index, rules };
  let sensed = 0;
  const clock = new TestClock(now);
  const ran: string[] = [];
  const execute = ({ plan }: { plan: { planId: string } }) => {
    ran.push(plan.planId);
    return Promise.resolve({ planId: plan.planId } as CleanRun);
  };
  const kept = new Kept({
    folder,
    schema: storedPlan,
    version: 1,
    most: MOST,
    now: () => now,
    onMovedAside: (moved) => expect(moved).toBeNull(),
  });
  const cleaner = new Cleaner(
    {
      inventory: () => {
        sensed += 1;
        return Promise.resolve(taken);
      },
      judgement: () => Promise.resolve(judgedBy === null ? null : judged),
      policy: () => Promise.resolve(policy as never),
      verify: () => Promise.resolve(),
      beginVerifying: () => undefined,
    },
    plansIn(kept),
    new Runs(() => Promise.resolve()),
    { execute } as unknown as Execution,
    clock,
  );
  const times = () => sensed;
  return {
    cleaner,
    clock,
    times,
    ran,
    stored: async () => (await readdir(folder).catch(() => [])).sort(),
  };
}

/** As the slider does that moves over its whole length. */
async function slide(cleaner: Cleaner): Promise<string[]> {
  const ids: string[] = [];
  for (let step = 1; step <= MOST + 10; step++) {
    const { planId } = await cleaner.make(null, { free: step * 1e9, lookedAt: true });
    ids.push(planId);
  }
  expect(new Set(ids).size).toBe(MOST + 10);
  return ids;
}

describe('a plan that is only looked at', () => {
  it('pushes out none that a notification or a terminal speaks of', async () => {
    const { cleaner, stored } = await opened();
    const asked = await cleaner.make(null);
    await slide(cleaner);
    expect(await stored()).toEqual([`${asked.planId}.json`]);
    expect((await cleaner.get(asked.planId)).items).toEqual(asked.items);
  });

  it('can be weighed and run while it is shown, and is stored once it is started', async () => {
    const { cleaner, ran, stored } = await opened();
    const ids = await slide(cleaner);
    const last = ids.at(-1) ?? '';
    expect((await cleaner.preview(last, all)).order.length).toBeGreaterThan(0);
    expect(await stored()).toEqual([]);
    await cleaner.run(last, all, 'window');
    expect(ran).toEqual([last]);
    expect(await stored()).toEqual([`${last}.json`]);
    await expect(cleaner.get(ids[0] ?? '')).rejects.toMatchObject({ code: 'plan-unknown' });
  });

  it('is as it was shown last where it was stored before, and what was left out stays so', async () => {
    const { cleaner } = await opened();
    const stored = await cleaner.make(null);
    const shown = await cleaner.make(null, { lookedAt: true });
    expect(shown).toEqual(stored);
    expect(await cleaner.get(shown.planId)).toEqual(shown);
  });

  it('is the one that would be made anew, of the judgement that holds', async () => {
    const holds = await opened();
    const anew = await opened({ judgedBy: null });
    for (const { clock } of [holds, anew]) clock.advance(3_600_000);
    for (const free of [null, 1e9, 20e9, 1e15]) {
      const wanted = { free, lookedAt: true };
      const plan = await holds.cleaner.make(null, wanted);
      expect(plan).toEqual(await anew.cleaner.make(null, wanted));
      expect(plan.takenAt).toBe(holds.clock.now());
    }
    expect([holds.times(), anew.times()]).toEqual([0, 4]);
  });

  it('stands beside the others as they are judged', async () => {
    const holds = await opened();
    const anew = await opened({ judgedBy: null });
    const others = await holds.cleaner.others(null);
    expect(others.map(({ kind }) => kind)).toContain('container');
    expect(others).toEqual(await anew.cleaner.others(null));
    expect([holds.times(), anew.times()]).toEqual([0, 1]);
  });

  it('is made anew where the judgement is of another policy, or not of all', async () => {
    const other = 'version: 1\nremove: []\n';
    const { cleaner, times } = await opened({ judgedBy: other });
    const plan = await cleaner.make(null, { lookedAt: true });
    expect(plan.items.length).toBeGreaterThan(0);
    expect(times()).toBe(1);
    const holds = await opened();
    const { items } = await holds.cleaner.make(null, { lookedAt: true, kinds: ['container'] });
    expect(items).toEqual([]);
    const only = plan.items.slice(0, 2).map(({ id }) => id);
    const named = await holds.cleaner.make(null, { lookedAt: true, only });
    expect(named.items.map(({ id }) => id)).toEqual(only);
    expect(holds.times()).toBe(2);
  });
});
