import { describe, expect, it } from 'vitest';
import { isPast, marksOf } from '../../../renderer/app/overview/marks.js';

const GB = 1e9;
const HOUR = 3_600_000;
const percent = { high: 85, low: 75, cooldown: HOUR };
const disk = (used: number) => ({ used: used * GB, available: (100 - used) * GB });

describe('the marks of a disk', () => {
  it('stand where the policy says', () => {
    expect(marksOf(percent, null)).toMatchObject([
      { kind: 'high', at: 85 },
      { kind: 'low', at: 75 },
    ]);
    const free = { free: 10 * GB, to: 25 * GB, cooldown: HOUR };
    const marks = marksOf(free, 100 * GB);
    expect(marks.map(({ at }) => Math.round(at))).toEqual([90, 75]);
    expect(marks.map((mark) => mark.free)).toEqual([10 * GB, 25 * GB]);
  });

  it('are none without a rule, and none of bytes on a disk of unknown size', () => {
    expect(marksOf(null, 100 * GB)).toEqual([]);
    expect(marksOf({ free: GB, to: 2 * GB, cooldown: HOUR }, null)).toEqual([]);
  });

  it('stay on a disk that is smaller than what is to be free', () => {
    const marks = marksOf({ free: 10 * GB, to: 25 * GB, cooldown: HOUR }, 5 * GB);
    expect(marks.map(({ at }) => at)).toEqual([0, 0]);
  });

  it.each([
    [84.9, false],
    [85, true],
    [100, true],
  ])('are passed by a disk that is %s %% full: %s', (used, past) => {
    expect(isPast(marksOf(percent, null), disk(used))).toBe(past);
  });

  it('are not passed by what is not known', () => {
    expect(isPast(marksOf(percent, null), { used: null, available: 1 })).toBe(false);
    expect(isPast(marksOf(percent, null), { used: 0, available: 0 })).toBe(false);
    expect(isPast([], disk(99))).toBe(false);
  });
});
