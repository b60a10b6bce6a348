import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast } from '../../../../main/domain/forecast/forecast.js';
import { type Sample, thinned, withSample } from '../../../../main/domain/forecast/samples.js';
import { day, type Disk, GB, historyOf, hour, randomFrom, start } from './year.js';

/** Days until a disk is full that goes on as it is made, with nothing cleaned up any more. */
function truth(disk: Disk, days: number, used: number): number {
  for (let n = 0; ; n++) {
    const at = days * 24 + n;
    if (used >= disk.size) return n / 24;
    if (disk.awake && !disk.awake(at)) continue;
    used += disk.grows(at);
  }
}

/** What is foreseen at the end of so many days, as days from then. */
function foreseen(disk: Disk, days: number) {
  const { samples, cleanUps } = historyOf(disk, days);
  const now = start + days * day;
  const told = forecast(samples, cleanUps, now);
  const inDays = (at: number) => (at - now) / day;
  return {
    used: samples.at(-1)?.used ?? 0,
    told: told && {
      full: inDays(told.fullAt),
      earliest: inDays(told.earliest),
      latest: inDays(told.latest),
    },
  };
}

const steady = (gbADay: number): Disk => ({
  size: 200 * GB,
  used: 40 * GB,
  grows: () => (gbADay * GB) / 24,
});
/** A clean-up each Sunday at noon that frees so much. */
const weekly = (gb: number) => (n: number) => (n % (7 * 24) === 3 * 24 + 12 ? gb * GB : 0);
/** In the working hours of five days a week, more or less, what makes so much a day over a week. */
const working = (gbADay: number, random: () => number) => (n: number) => {
  const [hours, days] = [n % 24, Math.floor(n / 24) % 7];
  if (hours < 9 || hours >= 17 || days >= 5) return 0;
  return (((7 / 5) * gbADay * GB) / 8) * (0.5 + random());
};

it('a disk that fills steadily is full when it is full, beyond doubt', () => {
  const { told, used } = foreseen(steady(4), 30);
  const wanted = truth(steady(4), 30, used);
  for (const moment of [told?.full, told?.earliest, told?.latest])
    expect(Math.abs((moment ?? 0) - wanted)).toBeLessThan(0.1);
});

describe('a year with weekly saw-teeth', () => {
  const disk = (random: () => number): Disk => ({
    size: 120 * GB,
    used: 60 * GB,
    grows: working(2, random),
    cleans: weekly(14),
  });

  it('is foreseen all through it as it would fill between clean-ups', () => {
    let [told, within, moments] = [0, 0, 0];
    for (let seed = 1; seed <= 4; seed++)
      for (let days = 40; days <= 360; days += 4) {
        const now = foreseen(disk(randomFrom(seed)), days);
        const wanted = truth(disk(randomFrom(seed + days)), days, now.used);
        moments += 1;
        if (now.told === null) continue;
        told += 1;
        expect(Math.abs(now.told.full - wanted)).toBeLessThan(0.15 * wanted + 2);
        if (wanted >= now.told.earliest - 0.5 && wanted <= now.told.latest + 0.5) within += 1;
      }
    expect(told / moments).toBeGreaterThan(0.8);
    expect(within / told).toBeGreaterThan(0.8);
  });

  it('is foreseen the same where clean-ups left no mark and where samples were thinned', () => {
    const { samples, cleanUps } = historyOf(disk(randomFrom(7)), 200);
    const now = start + 200 * day;
    const kept = thinned(samples, now);
    expect(kept.length).toBeLessThan(1000);
    expect(forecast(samples, [], now)).toEqual(forecast(samples, cleanUps, now));
    expect(forecast(kept, cleanUps, now)).toEqual(forecast(samples, cleanUps, now));
  });
});

describe('bounds', () => {
  it('hold what comes in the first weeks too, where nothing comes at weekends', () => {
    let all = 0;
    for (let days = 7; days <= 21; days++) {
      let [told, within] = [0, 0];
      for (let seed = 1; seed <= 40; seed++) {
        const disk = (random: () => number): Disk => ({
          size: 120 * GB,
          used: 50 * GB,
          grows: working(2, random),
          cleans: weekly(14),
        });
        const now = foreseen(disk(randomFrom(seed)), days);
        if (now.told === null) continue;
        const wanted = truth(disk(randomFrom(seed + days)), days, now.used);
        told += 1;
        if (wanted >= now.told.earliest - 0.5 && wanted <= now.told.latest + 0.5) within += 1;
      }
      all += told;
      if (told > 0) expect(within / told).toBeGreaterThan(0.8);
    }
    expect(all).toBeGreaterThan(300);
  });

  it('hold what comes in about four of five cases, where days differ by chance', () => {
    let [told, within] = [0, 0];
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomFrom(seed);
      // Whole days that are large or small, as pulls are.
      let today = 0;
      const disk: Disk = {
        size: 150 * GB,
        used: 60 * GB,
        grows: (n) => {
          if (n % 24 === 0) today = random() * 4 * GB;
          return today / 24;
        },
      };
      const now = foreseen(disk, 30);
      if (now.told === null) continue;
      const wanted = truth(disk, 30, now.used);
      told += 1;
      if (wanted >= now.told.earliest && wanted <= now.told.latest) within += 1;
    }
    expect(told).toBeGreaterThan(250);
    expect(within / told).toBeGreaterThan(0.72);
    expect(within / told).toBeLessThan(0.9);
  });
});

describe('nothing is foreseen', () => {
  const noise = randomFrom(5);
  const until = (days: number, disk: Disk, then: (n: number) => number): Disk => ({
    ...disk,
    grows: (n) => (n < days * 24 ? disk.grows(n) : then(n)),
  });
  it.each<[string, Disk, number]>([
    ['on a flat line', { ...steady(0), used: 190 * GB }, 30],
    [
      'on a flat line that trembles',
      { ...steady(0), used: 150 * GB, grows: () => (noise() - 0.5) * GB },
      30,
    ],
    ['where it empties', { ...steady(-1), used: 150 * GB }, 30],
    ['after too few days', steady(4), 6],
    ['so far off', steady(0.5), 30],
    ['a day after a step', until(29, steady(4), (n) => (n === 29 * 24 ? 40 * GB : 0)), 30],
    ['once it stopped, for two days of ten', until(8, steady(8), () => 0), 10],
    ['once it stopped, for a week', until(23, steady(3), () => 0), 30],
    ['once it stopped, for two weeks', until(16, steady(3), () => 0), 30],
    ['once it fills five times as fast', until(26, steady(1), () => (5 * GB) / 24), 30],
    [
      'of three leaps in a month',
      { ...steady(0), grows: (n) => (n % 240 === 100 ? 20 * GB : 0) },
      30,
    ],
  ])('%s', (_when, disk, days) => {
    expect(foreseen(disk, days).told).toBeNull();
  });

  it('of samples that end the day before yesterday', () => {
    const { samples } = historyOf(steady(4), 30);
    expect(forecast(samples, [], start + 30 * day)).not.toBeNull();
    expect(forecast(samples, [], start + 32 * day)).toBeNull();
  });

  it('of none', () => {
    expect(forecast([], [], start)).toBeNull();
  });
});

it('a step in the past is no pace', () => {
  const random = randomFrom(3);
  const grows = () => (2 * random() * 3 * GB) / 24;
  const step: Disk = {
    ...steady(3),
    grows: (n) => (n === 12 * 24 ? 30 * GB : grows()),
  };
  const { told, used } = foreseen(step, 30);
  const wanted = (step.size - used) / (3 * GB);
  expect(Math.abs((told?.full ?? 0) - wanted)).toBeLessThan(0.15 * wanted);
});

describe('sleep', () => {
  it.each<[string, (n: number) => boolean]>([
    ['at night', (n) => n % 24 >= 8 && n % 24 < 20],
    ['at night and at weekends', (n) => n % 24 >= 8 && n % 24 < 20 && Math.floor(n / 24) % 7 < 5],
  ])('%s', (_when, awake) => {
    for (let seed = 1; seed <= 5; seed++) {
      const make = (random: () => number): Disk => ({
        size: 120 * GB,
        used: 55 * GB,
        grows: working(2, random),
        cleans: weekly(8),
        awake,
      });
      const days = 33 + 18 / 24;
      const now = foreseen(make(randomFrom(seed)), days);
      if (now.told === null) continue;
      const wanted = truth(make(randomFrom(seed + 100)), days, now.used);
      expect(Math.abs(now.told.full - wanted)).toBeLessThan(0.25 * wanted + 1);
    }
  });

  it('of three weeks says nothing, or what still holds', () => {
    const away: Disk = { ...steady(4), awake: (n) => n < 7 * 24 || n >= 28 * 24 };
    const { told, used } = foreseen(away, 30);
    const wanted = truth(away, 30, used);
    if (told) expect(wanted).toBeGreaterThan(told.earliest - 1);
    if (told) expect(wanted).toBeLessThan(told.latest + 1);
  });
});

describe('clocks', () => {
  const disk: Disk = { ...steady(4), cleans: weekly(20) };
  const days = 35;
  const { samples, cleanUps } = historyOf(disk, days);
  const now = start + days * day;
  const right = forecast(samples, cleanUps, now);

  it('of other time zones, and before or after summer time, foresee the same span', () => {
    const span = fc.integer({ min: -400 * 24, max: 400 * 24 });
    fc.assert(
      fc.property(span, (hours) => {
        const by = hours * hour;
        const moved = <T extends { at: number }>(all: T[]) =>
          all.map((one) => ({ ...one, at: one.at + by }));
        const told = forecast(moved(samples), moved(cleanUps), now + by);
        expect(told?.fullAt).toBe((right?.fullAt ?? 0) + by);
      }),
    );
  });

  it('that were set back are followed: within bounds, or nothing', () => {
    for (const back of [hour, 5 * hour, 3 * day, 20 * day, 400 * day]) {
      const kept = thinned(samples, now);
      let { used } = samples.at(-1) ?? { used: 0 };
      let all = kept;
      for (let n = 1; n <= 12 * 24; n++) {
        used += (4 * GB) / 24;
        const at = now - back + n * hour;
        all = withSample(all, { at, used, available: disk.size - used });
        const told = forecast(all, cleanUps, at);
        if (told === null) continue;
        const wanted = (disk.size - used) / (4 * GB);
        expect((told.earliest - at) / day).toBeLessThan(wanted + 2);
        expect((told.latest - at) / day).toBeGreaterThan(wanted - 2);
      }
      expect(all.length).toBeLessThan(2000);
    }
  });

  it('that ran ahead for a while leave what was known before', () => {
    const ahead = [1, 2, 3].map((n) => ({
      at: now + 5000 * day + n * hour,
      used: 1,
      available: disk.size,
    }));
    const all = ahead.reduce<Sample[]>((kept, one) => withSample(kept, one), thinned(samples, now));
    const told = forecast(all, cleanUps, now);
    // Of each day only its last sample is left.
    const [off, far] = [told?.fullAt ?? 0, right?.fullAt ?? 0].map((one) => one - now);
    expect(off).toBeGreaterThan(0.9 * (far ?? 0));
    expect(off).toBeLessThan(1.25 * (far ?? 0));
  });
});

it('whatever the samples are, what is told lies in the time to come, in order', () => {
  const sample = fc.record({
    at: fc.integer({ min: 0, max: 40 * 24 * 60 }).map((n) => start + n * 60_000),
    used: fc.integer({ min: 0, max: 1000 }).map((n) => n * GB),
    available: fc.integer({ min: 0, max: 1000 }).map((n) => n * GB),
  });
  const rising = fc.tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.array(fc.nat(20), { minLength: 8, maxLength: 40 }),
  );
  const check = (samples: Sample[], now: number) => {
    const told = forecast(samples, [], now);
    if (told === null) return;
    const last = samples.findLast(({ at }) => at <= now)?.at ?? 0;
    expect(told.earliest).toBeGreaterThanOrEqual(last);
    expect(told.fullAt).toBeGreaterThanOrEqual(told.earliest);
    expect(told.latest).toBeGreaterThanOrEqual(told.fullAt);
    expect(told.fullAt).toBeLessThanOrEqual(last + 60 * day);
  };
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 80 }), (all) => {
      const sorted = [...all].sort((a, b) => a.at - b.at);
      check(sorted, start + 40 * day);
    }),
  );
  fc.assert(
    fc.property(rising, ([size, rises]) => {
      let available = size * 20 * GB;
      const samples = rises.map((rise, n) => {
        available = Math.max(0, available - rise * GB);
        return { at: start + n * day, used: 0, available };
      });
      check(samples, start + (rises.length - 1) * day);
    }),
  );
});
