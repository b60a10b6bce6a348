import { describe, expect, it } from 'vitest';
import { isLong, placed, sideBySide, trendOf } from '../../../renderer/app/overview/trend.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GB = 1e9;
const NOW = Date.UTC(2026, 10, 24, 12);
const sample = (hoursAgo: number, used: number) => ({
  at: NOW - hoursAgo * HOUR,
  used: used * GB,
  available: (100 - used) * GB,
});
const hours = [3, 2, 1, 0].map((ago) => sample(ago, 50));

describe('the trend of a disk', () => {
  it('is none of less than two samples', () => {
    expect(trendOf({ samples: [], cleanUps: [] }, null, NOW)).toBeNull();
    expect(trendOf({ samples: [sample(0, 1)], cleanUps: [] }, null, NOW)).toBeNull();
  });

  it('fills the width with 30 days, and the height with the disk', () => {
    const samples = [sample(30 * 24, 100), ...hours];
    const trend = trendOf({ samples, cleanUps: [] }, null, NOW);
    expect(trend?.lines[0]?.[0]).toEqual({ x: 0, y: 0 });
    expect(trend?.now).toEqual({ x: 1, y: 0.5 });
    expect(trend?.ahead).toBeNull();
  });

  it('tells the whole disk, and the moment at its right edge', () => {
    const forecast = { fullAt: NOW + 5 * DAY, earliest: NOW + 4 * DAY, latest: NOW + 7 * DAY };
    const without = trendOf({ samples: hours, cleanUps: [] }, null, NOW);
    expect(without).toMatchObject({ total: 100 * GB, scale: 1, until: NOW });
    expect(trendOf({ samples: hours, cleanUps: [] }, forecast, NOW)?.until).toBe(NOW + 6 * DAY);
  });

  it('of a year fills the width with it, a day’s sample joined to the next one', () => {
    const days = [366, 365, 364, 360, 359, 29].map((ago) => sample(ago * 24, ago / 4));
    const all = { samples: [...days, ...hours], cleanUps: [{ at: NOW - 90_000, freed: GB }] };
    const year = trendOf(all, null, NOW, 'year');
    expect(year?.lines.map((line) => line.length)).toEqual([3, 2, 1, 4]);
    expect([year?.lines[0]?.[0]?.x, year?.now.x, year?.cleanUps]).toEqual([0, 1, []]);
    const month = trendOf(all, null, NOW);
    expect(month?.lines.map((line) => line.length)).toEqual([1, 4]);
    expect(month?.cleanUps).toHaveLength(1);
    expect([isLong(all, NOW), isLong({ ...all, samples: hours }, NOW)]).toEqual([true, false]);
  });

  it('breaks off where nothing was read', () => {
    const samples = [sample(20, 40), sample(19, 41), sample(8, 41), sample(7, 42)];
    expect(trendOf({ samples, cleanUps: [] }, null, NOW)?.lines.map((l) => l.length)).toEqual([
      2, 2,
    ]);
  });

  it('marks clean-ups where they left the disk', () => {
    const samples = [sample(3, 80), sample(2, 80), sample(1, 40)];
    const cleanUps = [
      { at: NOW - 1.5 * HOUR, freed: 40 * GB },
      { at: NOW - 40 * DAY, freed: 1 },
    ];
    expect(trendOf({ samples, cleanUps }, null, NOW)?.cleanUps).toMatchObject([
      { y: 0.6, freed: 40 * GB },
    ]);
  });

  it.each([
    ['near', 5, 3, 8],
    ['far', 50, 30, 90],
    ['now', 0, 0, 0],
  ])('leads to a full disk that is %s, inside its box', (_when, likely, early, late) => {
    const forecast = {
      fullAt: NOW + likely * DAY,
      earliest: NOW + early * DAY,
      latest: NOW + late * DAY,
    };
    const ahead = trendOf({ samples: hours, cleanUps: [] }, forecast, NOW)?.ahead;
    const points = [...(ahead?.likely ?? []), ...(ahead?.bounds ?? [])];
    expect(points.length).toBeGreaterThan(4);
    for (const { x, y } of points) {
      expect(x).toBeGreaterThan(0.6);
      expect(x).toBeLessThanOrEqual(1);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(0.5);
    }
    if (likely === 5) expect(ahead?.likely.at(-1)?.y).toBe(0);
    if (likely === 50) expect(ahead?.likely.at(-1)).toMatchObject({ x: 1 });
  });
});

describe('texts beside a trend', () => {
  it('stand at their heights where there is room, and else one under the other', () => {
    const at = (...heights: number[]) =>
      placed(
        heights.map((y) => ({ y })),
        14,
      ).map(({ y }) => y);
    expect(at(0, 40, 20)).toEqual([0, 20, 40]);
    expect(at(18, 11, 0)).toEqual([0, 14, 28]);
  });
});

describe('texts in one line', () => {
  const line = { whole: 100, gap: 5 };
  const at = (...middles: number[]) => middles.map((middle) => ({ middle, width: 20 }));

  it('stand at their places, and inside the ends', () => {
    expect(sideBySide(at(5, 50, 98), line)).toEqual([0, 40, 80]);
  });

  it('leave out what would touch a later one', () => {
    expect(sideBySide(at(30, 50, 74, 98), line)).toEqual([null, 40, null, 80]);
    expect(sideBySide(at(2, 4), line)).toEqual([null, 0]);
  });

  it('leave out those without a word', () => {
    expect(sideBySide([{ middle: 50, width: 0 }, ...at(60)], line)).toEqual([null, 50]);
  });
});
