import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pressure } from '../../../../main/domain/policy/types.js';
import { lookAtBudget } from '../../../../main/domain/triggers/budget.js';
import { lookAtPressure } from '../../../../main/domain/triggers/pressure.js';
import { armedLatch, type Latch } from '../../../../main/domain/triggers/types.js';

const GB = 1e9;
const hour = 3_600_000;
const day = 24 * hour;
const t0 = Date.UTC(2026, 10, 24, 12);

const percent: Pressure = { high: 85, low: 75, cooldown: 6 * hour };
const bytes: Pressure = { free: 10 * GB, to: 20 * GB, cooldown: 6 * hour };
const fired = (at: number): Latch => ({ armed: false, firedAt: at });

describe('pressure', () => {
  const full = (used: number) => ({ used: used * GB, available: (100 - used) * GB });

  it.each<[string, Latch, Pressure, number, number, { free: number | null; armed: boolean }]>([
    ['below high', armedLatch, percent, 84.9, t0, { free: null, armed: true }],
    ['at high', armedLatch, percent, 85, t0, { free: 10 * GB, armed: false }],
    ['far above it', armedLatch, percent, 97, t0, { free: 22 * GB, armed: false }],
    ['still above it', fired(t0 - day), percent, 90, t0, { free: null, armed: false }],
    ['between low and high', fired(t0 - day), percent, 80, t0, { free: null, armed: false }],
    ['at low', fired(t0 - day), percent, 75, t0, { free: null, armed: false }],
    ['below low', fired(t0 - day), percent, 74.9, t0, { free: null, armed: true }],
    [
      'high again within the cooldown',
      { armed: true, firedAt: t0 - hour },
      percent,
      90,
      t0,
      { free: null, armed: true },
    ],
    [
      'high again after it',
      { armed: true, firedAt: t0 - 6 * hour },
      percent,
      90,
      t0,
      { free: 15 * GB, armed: false },
    ],
    [
      'after the clock was set back',
      { armed: true, firedAt: t0 + day },
      percent,
      90,
      t0,
      { free: 15 * GB, armed: false },
    ],
    ['as much free as wanted', armedLatch, bytes, 90, t0, { free: null, armed: true }],
    ['less free than wanted', armedLatch, bytes, 91, t0, { free: 11 * GB, armed: false }],
    ['less than `to` free', fired(t0 - day), bytes, 85, t0, { free: null, armed: false }],
    ['`to` free', fired(t0 - day), bytes, 80, t0, { free: null, armed: true }],
  ])('%s', (_when, latch, rule, used, now, wanted) => {
    const look = lookAtPressure(latch, full(used), rule, now);
    expect({ free: look.free, armed: look.latch.armed }).toEqual(wanted);
  });

  it('says when the cooldown that holds it off ends', () => {
    const latch = { armed: true, firedAt: t0 - hour };
    expect(lookAtPressure(latch, full(90), percent, t0).again).toBe(t0 + 5 * hour);
  });

  it('fires on no disk at all', () => {
    expect(lookAtPressure(armedLatch, { used: 0, available: 0 }, percent, t0).free).toBeNull();
  });

  it('never fires twice without relief between, nor within the cooldown', () => {
    const step = fc.record({ used: fc.integer({ min: 60, max: 100 }), after: fc.nat(3 * hour) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let latch: Latch = armedLatch;
        let now = t0;
        let last: number | null = null;
        let relieved = true;
        for (const { used, after } of steps) {
          now += after;
          relieved ||= used < 75;
          const look = lookAtPressure(latch, full(used), percent, now);
          latch = look.latch;
          if (look.free === null) continue;
          expect(used).toBeGreaterThanOrEqual(85);
          expect(relieved).toBe(true);
          if (last !== null) expect(now - last).toBeGreaterThanOrEqual(6 * hour);
          expect(used * GB - look.free).toBeLessThanOrEqual(75 * GB);
          last = now;
          relieved = false;
        }
      }),
    );
  });
});

describe('the budget for images', () => {
  const rule = { max: 40 * GB, to: 30 * GB };

  it.each<[string, Latch, number, { free: number | null; armed: boolean }]>([
    ['at the budget', armedLatch, 40, { free: null, armed: true }],
    ['above it', armedLatch, 41, { free: 11 * GB, armed: false }],
    ['above it still', fired(t0 - hour), 41, { free: null, armed: false }],
    ['above it a day later', fired(t0 - day), 41, { free: 11 * GB, armed: false }],
    ['not down to `to` yet', fired(t0 - hour), 31, { free: null, armed: false }],
    ['down to `to`', fired(t0 - hour), 30, { free: null, armed: true }],
    ['after the clock was set back', fired(t0 + day), 41, { free: 11 * GB, armed: false }],
  ])('%s', (_when, latch, used, wanted) => {
    const look = lookAtBudget(latch, used * GB, rule, t0);
    expect({ free: look.free, armed: look.latch.armed }).toEqual(wanted);
  });

  it('fires at the next crossing once it was down to `to`, however soon', () => {
    const down = lookAtBudget(fired(t0 - hour), 29 * GB, rule, t0).latch;
    expect(lookAtBudget(down, 45 * GB, rule, t0 + 1).free).toBe(15 * GB);
  });

  it('is looked at again a day after it fired', () => {
    expect(lookAtBudget(armedLatch, 41 * GB, rule, t0).again).toBe(t0 + day);
    expect(lookAtBudget(fired(t0 - hour), 41 * GB, rule, t0).again).toBe(t0 + 23 * hour);
  });
});
