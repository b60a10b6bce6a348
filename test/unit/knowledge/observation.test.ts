import { describe, expect, it } from 'vitest';
import {
  lookEvery,
  Observation,
  type ObservationRecord,
} from '../../../main/services/knowledge/observation.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Noon by the local clock, whatever that is. */
const noon = new Date(2026, 10, 23, 12).getTime();

/** Looks at the clock every ten minutes for so long; gives what was written. */
function watch(observation: Observation, from: number, ms: number): ObservationRecord[] {
  observation.begin(from);
  const written: ObservationRecord[] = [];
  let at = from;
  for (; at + lookEvery <= from + ms;) written.push(...observation.look((at += lookEvery)));
  written.push(...observation.end(from + ms));
  return written;
}

/** As a restart takes up what was written. */
function again(written: readonly ObservationRecord[]): Observation {
  const observation = new Observation();
  for (const record of written) observation.take(record);
  return observation;
}

describe('observed days', () => {
  it('are days of an hour, also where short sessions add up to it over restarts', () => {
    const first = new Observation();
    const written = watch(first, noon, 25 * minute);
    const second = again(written);
    written.push(...watch(second, noon + 2 * hour, 25 * minute));
    expect([...second.days]).toEqual([]);
    const third = again(written);
    watch(third, noon + 5 * hour, 10 * minute);
    expect([...third.days]).toEqual(['2026-11-23']);
  });

  it('do not add up over different days', () => {
    const observation = new Observation();
    for (let n = 0; n < 5; n++) watch(observation, noon + n * day, 40 * minute);
    expect(observation.days.size).toBe(0);
  });

  it('count each side of a midnight for itself', () => {
    const observation = new Observation();
    watch(observation, noon + 11 * hour + 30 * minute, 2 * hour);
    expect([...observation.days]).toEqual(['2026-11-24']);
    watch(observation, noon + 8 * hour, 40 * minute);
    expect([...observation.days]).toEqual(['2026-11-24']);
  });

  it('do not count what passes in sleep', () => {
    const observation = new Observation();
    observation.begin(noon);
    observation.look(noon + lookEvery);
    observation.look(noon + 9 * hour);
    observation.end(noon + 9 * hour + lookEvery);
    expect(observation.days.size).toBe(0);
  });

  it('are one more at most when the clock is moved by a year, and back', () => {
    const observation = new Observation();
    watch(observation, noon, 3 * hour);
    expect(observation.days.size).toBe(1);
    observation.begin(noon + 3 * hour);
    for (let n = 0; n < 9; n++) observation.look(noon + 365 * day + n * lookEvery);
    observation.look(noon + 4 * hour);
    observation.end(noon + 4 * hour);
    expect(observation.latestDays(400)).toEqual(['2026-11-23', '2027-11-23']);
  });

  it('are told oldest first, the latest of them', () => {
    const observation = again(
      ['2026-11-03', '2026-11-01', '2026-11-02'].map((one) => ({ t: 'day', day: one })),
    );
    expect(observation.latestDays(2)).toEqual(['2026-11-02', '2026-11-03']);
  });
});

describe('a gap', () => {
  it('begins after more than three days, and hours observed count from its end', () => {
    const observation = new Observation();
    const written = watch(observation, noon, 2 * hour);
    expect(observation.hoursSinceGap).toBeNull();
    const soon = again(written);
    watch(soon, noon + 3 * day, hour);
    expect(soon.hoursSinceGap).toBeNull();
    const late = again(written);
    written.push(...watch(late, noon + 4 * day, 5 * hour));
    expect(late.hoursSinceGap).toBe(5);
    const next = again(written);
    watch(next, noon + 5 * day, 20 * hour);
    expect(next.hoursSinceGap).toBe(25);
  });

  it('is a long sleep, too', () => {
    const observation = new Observation();
    observation.begin(noon);
    observation.look(noon + lookEvery);
    observation.look(noon + 5 * day);
    expect(observation.hoursSinceGap).toBe(0);
  });

  it('is known before the clock is looked at after a sleep, and goes on when it is', () => {
    const observation = new Observation();
    observation.begin(noon);
    observation.look(noon + lookEvery);
    expect(observation.hoursSinceGapAt(noon + lookEvery + 3 * day)).toBeNull();
    const awake = noon + 21 * day;
    expect(observation.hoursSinceGapAt(awake)).toBe(0);
    for (let n = 0; n <= 12; n++) observation.look(awake + n * lookEvery);
    expect(observation.hoursSinceGapAt(awake + 2 * hour)).toBe(2);
  });

  it('is known from days alone, as the first version wrote them', () => {
    const days = [
      { t: 'met' as const, at: noon - 9 * day },
      { t: 'day' as const, day: '2026-11-20' },
    ];
    const observed = (at: number) => {
      const observation = new Observation();
      for (const record of days) observation.take(record);
      observation.begin(at);
      return observation.hoursSinceGap;
    };
    expect(observed(Date.parse('2026-11-23T12:00Z'))).toBeNull();
    expect(observed(Date.parse('2026-11-25T12:00Z'))).toBe(0);
  });
});

describe('what is written of it', () => {
  it('is one record an hour, and one at the end of a session that lasted', () => {
    const observation = new Observation();
    const written = watch(observation, noon, 5 * hour + 30 * minute);
    expect(written.filter(({ t }) => t === 'observed').length).toBeLessThanOrEqual(7);
    expect(written.filter(({ t }) => t === 'day')).toHaveLength(1);
    const later = again(written);
    for (let n = 0; n < 30; n++) {
      const from = noon + 6 * hour + n * minute;
      later.begin(from);
      written.push(...later.end(from + 2_000));
    }
    expect(written.filter(({ t }) => t === 'observed').length).toBeLessThanOrEqual(8);
  });

  it('stands for all of it in a snapshot', () => {
    const observation = new Observation();
    watch(observation, noon, 2 * hour);
    watch(observation, noon + 10 * day, 90 * minute);
    const copy = again(observation.snapshot());
    expect(copy.latestDays(9)).toEqual(observation.latestDays(9));
    expect(copy.hoursSinceGap).toBe(observation.hoursSinceGap);
    expect(copy.snapshot()).toEqual(observation.snapshot());
  });
});
