import { describe, expect, it } from 'vitest';
import { type Due, Schedule } from '../../../main/services/checker/schedule.js';
import { TestClock } from '../../support/clock.js';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 10, 27, 8);

const usual: Due = { every: 6 * hour, last: null, unreached: 0, pausedUntil: null, hasWork: true };

/** A schedule that counts its checks; `chance` is what is left to it. */
function scheduled(due: Partial<Due> = {}, chance = 0) {
  const clock = new TestClock(start);
  const at: number[] = [];
  const schedule = new Schedule(
    () => at.push(clock.now()),
    clock,
    () => chance,
  );
  schedule.set({ ...usual, ...due });
  return { clock, at, schedule };
}

describe('the next check', () => {
  it('is a while after a start where none was made, or the last is long ago', () => {
    for (const last of [null, start - 7 * hour]) {
      const { clock, at, schedule } = scheduled({ last });
      expect(schedule.nextAt).toBe(start + 2 * minute);
      clock.advance(2 * minute - 1);
      expect(at).toEqual([]);
      clock.advance(1);
      expect(at).toEqual([start + 2 * minute]);
    }
  });

  it('is as long after the last one as the policy says, and a little more by chance', () => {
    const last = start - hour;
    expect(scheduled({ last }).schedule.nextAt).toBe(last + 6 * hour);
    expect(scheduled({ last }, 1).schedule.nextAt).toBe(last + 6.6 * hour);
    expect(scheduled({}, 1).schedule.nextAt).toBe(start + 4 * minute);
  });

  it('comes once, until the one that it rang for is told', () => {
    const { clock, at, schedule } = scheduled();
    clock.advance(20 * hour);
    expect(at).toHaveLength(1);
    schedule.set({ ...usual, last: clock.now() });
    clock.advance(6 * hour);
    expect(at).toHaveLength(2);
  });

  it('does not come while Careen is paused', () => {
    const { clock, at } = scheduled({ pausedUntil: start + 9 * hour });
    clock.advance(9 * hour - 1);
    expect(at).toEqual([]);
    clock.advance(1);
    expect(at).toHaveLength(1);
  });

  it('is on no timer where there is nothing to check, nor after the end', () => {
    const { clock, at, schedule } = scheduled({ hasWork: false });
    expect(schedule.nextAt).toBeNull();
    schedule.set(usual);
    schedule.close();
    clock.advance(48 * hour);
    expect([at, schedule.nextAt]).toEqual([[], null]);
  });

  it('is held off by no clock that was set back', () => {
    const { clock, at, schedule } = scheduled({ last: start });
    clock.set(start - 400 * 24 * hour);
    for (let hours = 0; hours < 7; hours++) {
      schedule.set({ ...usual, last: start });
      clock.advance(hour);
    }
    expect(at[0]).toBe(start - 400 * 24 * hour + 6 * hour);
  });

  it('is sooner where no registry was reached, and less so each time', () => {
    const { schedule } = scheduled({ last: start - 5 * minute });
    const after = (unreached: number) => {
      schedule.set({ ...usual, last: start, unreached });
      return (schedule.nextAt ?? 0) - start;
    };
    expect([1, 2, 3, 10].map(after)).toEqual([15 * minute, 30 * minute, hour, 6 * hour]);
  });

  it('is soon after a wake where it became due in sleep', () => {
    const { clock, at, schedule } = scheduled({ last: start - hour });
    clock.set(start + 10 * hour);
    schedule.woke();
    schedule.set({ ...usual, last: start - hour });
    expect(schedule.nextAt).toBe(start + 10 * hour + 30_000);
    clock.advance(30_000);
    expect(at).toEqual([start + 10 * hour + 30_000]);
  });

  it('follows the policy`s interval', () => {
    const last = start - hour;
    const { schedule } = scheduled({ last });
    schedule.set({ ...usual, last, every: 2 * hour });
    expect(schedule.nextAt).toBe(last + 2 * hour);
  });
});
