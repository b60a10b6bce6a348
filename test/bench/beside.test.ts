import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../support/careen.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadMany, manyPolicy } from '../support/many.js';
import { pingsBeside, quantile } from '../support/pinger.js';

/**
 * The stated bound (docs/benchmarks.md): beside a run with the standard pause a client's pings take
 * at most this many times what they take beside none.
 */
const bound = { median: 1.5, p95: 2.5 };

const rounds = 3;
const images = 20;
const everything = { except: [], also: ['unrecoverable', 'estimates'] };

describe('a client that pings the engine beside a run', () => {
  let engine: TestEngine;
  const none: number[] = [];
  const paused: number[] = [];
  const unpaused: number[] = [];

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
  });
  afterAll(() => engine.dispose());

  const besideARun = async (pause: string, count: number): Promise<number[]> => {
    await loadMany(engine, count);
    const careen = await TestCareen.open({ socket: engine.socket, policy: manyPolicy(pause) });
    try {
      const { planId } = await careen.call('plan.make', { policy: null });
      let removed = 0;
      const times = await pingsBeside(engine.socket, 20, async () => {
        const run = await careen.call('plan.run', { planId, ...everything });
        removed = run.removed.length;
      });
      expect(removed).toBe(count);
      return times;
    } finally {
      await careen.close();
    }
  };

  it('with the standard pause is slowed by no more than the stated bound', async () => {
    for (let round = 0; round < rounds; round++) {
      none.push(...(await pingsBeside(engine.socket, 20, () => sleep(images * 250))));
      paused.push(...(await besideARun('250ms', images)));
      unpaused.push(...(await besideARun('0s', images * 10)));
    }
    const row = (name: string, times: number[]) => {
      const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
      const ratio = { median: median / quantile(none, 0.5), p95: p95 / quantile(none, 0.95) };
      const figures = [median, ratio.median, p95, ratio.p95].map((n) => n.toFixed(2));
      console.log(
        `beside ${name}: median ${figures[0]} ms (× ${figures[1]}), p95 ${figures[2]} ms (× ${figures[3]}), ${times.length} pings`,
      );
      return ratio;
    };
    row('no run', none);
    const slowed = row('a run with pause 250ms', paused);
    row('a run with pause 0s', unpaused);
    expect(slowed.median).toBeLessThanOrEqual(bound.median);
    expect(slowed.p95).toBeLessThanOrEqual(bound.p95);
  });
});
