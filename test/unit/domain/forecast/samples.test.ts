import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  hourOf,
  known,
  type Sample,
  thinned,
  withCleanUp,
  withSample,
} from '../../../../main/domain/forecast/samples.js';
import { day, GB, historyOf, hour, start } from './year.js';

const at = (ms: number): Sample => ({ at: start + ms, used: ms, available: GB });
const all = (samples: readonly Sample[]) =>
  samples.reduce<Sample[]>((kept, one) => withSample(kept, one), []);

it('keeps every hour of 30 days, and of a year the last sample of each day', () => {
  const year = historyOf({ size: GB, used: 0, grows: () => 1 }, 420).samples;
  const now = start + 420 * day;
  const kept = thinned(year, now);
  const young = kept.filter((one) => now - one.at < 30 * day);
  const old = kept.filter((one) => now - one.at > 31 * day);
  expect(young).toHaveLength(30 * 24);
  expect(old.every((one) => (one.at - start) % day === 23 * hour)).toBe(true);
  expect(kept[0]?.at).toBeGreaterThan(now - 367 * day);
  expect(kept[0]?.at).toBeLessThan(now - 365 * day);
  expect(kept.length).toBeLessThan(31 * 24 + 366);
});

it('what a clock that ran ahead took is thinned too, and goes first', () => {
  const ahead = Array.from({ length: 48 }, (_, n) => at(5000 * day + n * hour));
  const back = withSample(all(ahead), at(0));
  expect(back).toHaveLength(3);
  const year = Array.from({ length: 400 }, (_, n) => at(n * day));
  const kept = year.reduce<Sample[]>((some, one) => withSample(some, one), back);
  expect(kept.every((one) => one.at < start + 400 * day)).toBe(true);
});

describe('where clocks are changed', () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it.each(['2026-03-28T12:30Z', '2026-10-24T12:30Z'])('no hour is lost (%s)', (from) => {
    const night = Array.from({ length: 24 }, (_, n) => at(Date.parse(from) - start + n * hour));
    expect(all(night)).toEqual(night);
  });
});

it('an hour has one sample, its last', () => {
  expect(all([at(0), at(1), at(hour - 1)])).toEqual([at(hour - 1)]);
});

it('a clock that was set back writes over what stood there', () => {
  const kept = all([at(0), at(hour), at(2 * hour), { ...at(hour), used: 7 }]);
  expect(kept.map(({ used }) => used)).toEqual([0, 7, 2 * hour]);
  expect(known(kept, start + hour, day)).toHaveLength(2);
});

it('thinning again changes nothing, one after another is as all at once, and there is an end to it', () => {
  const sample = fc.integer({ min: 0, max: 1000 * 24 * 4 }).map((n) => at((n * hour) / 4));
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 300 }), (some) => {
      const sorted = [...some].sort((a, b) => a.at - b.at);
      const last = sorted.at(-1);
      if (!last) return;
      const kept = all(sorted);
      expect(thinned(kept, last.at)).toEqual(kept);
      expect(thinned(sorted, last.at)).toEqual(kept);
      expect(new Set(kept.map((one) => hourOf(one.at))).size).toBe(kept.length);
    }),
  );
});

it('clean-ups of 30 days are kept, 720 at most', () => {
  let marks = withCleanUp([], { at: start, freed: 1 });
  marks = withCleanUp(marks, { at: start + 29 * day, freed: null });
  expect(marks).toHaveLength(2);
  expect(withCleanUp(marks, { at: start + 31 * day, freed: 2 })).toHaveLength(2);
  for (let n = 0; n < 1000; n++) marks = withCleanUp(marks, { at: start + n, freed: 0 });
  expect(marks).toHaveLength(720);
});
