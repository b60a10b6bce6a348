import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../../main/domain/facts.js';
import { reachesBy } from '../../../../main/domain/verdict/age.js';
import { inventory } from '../arbitrary.js';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);
const daysFrom = (first: number, n: number, step = 1) =>
  Array.from({ length: n }, (_, i) =>
    new Date(start + (first + i * step) * day).toISOString().slice(0, 10),
  );

/** Whether an age has reached so many days, as an automatic run counts them. */
function reached(facts: Partial<Inventory>, since: number, now: number, days: number): boolean {
  const by = reachesBy('observed', inventory([], { firstMet: start, ...facts }), now);
  return by({ since, from: 'used', estimated: false }, days * day) === -Infinity;
}

describe('an age in observed days', () => {
  it('is the days observed since, not all that ever were', () => {
    const observedOn = [...daysFrom(0, 100), ...daysFrom(200, 5)];
    const facts = { observedOn, observedDays: observedOn.length };
    const since = start + 99 * day;
    const now = start + 205 * day;
    expect(reached(facts, since, now, 5)).toBe(true);
    expect(reached(facts, since, now, 7)).toBe(false);
  });

  it('comes for who works every other day, however long ago Careen was installed', () => {
    const observedOn = daysFrom(0, 300, 2);
    const facts = { observedOn, observedDays: 300 };
    const since = start + 400 * day;
    expect(reached(facts, since, start + 600 * day, 60)).toBe(true);
    expect(reached({ ...facts, observedOn: [] }, since, start + 600 * day, 60)).toBe(false);
  });

  it('never counts the day of the use itself, in any time zone', () => {
    const facts = { observedOn: ['2026-01-05', '2026-01-06'], observedDays: 0 };
    const noon = start + day / 2;
    expect(reached(facts, noon, noon + 9 * day, 1)).toBe(false);
    expect(reached({ ...facts, observedOn: ['2026-01-07'] }, noon, noon + 9 * day, 1)).toBe(true);
  });

  it('is never more than the calendar says', () => {
    const facts = { observedOn: daysFrom(0, 300), observedDays: 300 };
    const since = start + 10 * day;
    expect(reached(facts, since, since + 3 * day, 3)).toBe(true);
    expect(reached(facts, since, since + 3 * day, 4)).toBe(false);
  });
});
