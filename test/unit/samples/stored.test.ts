import { expect, it } from 'vitest';
import { packed, storedSamples, unpacked } from '../../../main/services/samples/stored.js';

const GB = 1e9;
const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2026, 2, 1, 0, 30);

it('a year takes less than 40 kB and comes back as it was, to a minute and a megabyte', () => {
  const year = Array.from({ length: 31 * 24 + 336 }, (_, n) => ({
    at: start - (start % minute) + n * hour,
    used: 123_456 * 1e6,
    available: 1_234_567 * 1e6,
  }));
  const cleanUps = [
    { at: start, freed: 5 * GB },
    { at: start + hour, freed: null },
  ];
  const series = [{ of: '/var/lib/docker', how: 'file-system' as const, samples: year }];
  const whole = { series, cleanUps };
  const text = JSON.stringify({ version: 1, value: packed(whole) }, null, 2);
  expect(text.length).toBeLessThan(45_000);
  expect(unpacked(storedSamples.parse(packed(whole)))).toEqual(whole);
});

it.each(['1 2', '1 2 3 4', '-1 2 3', '1.5 2 3', 'a b c'])('%s is no sample', (line) => {
  const series = (samples: string[]) => [{ of: '/', how: 'engine', samples }];
  const isTaken = (samples: string[]) =>
    storedSamples.safeParse({ series: series(samples), cleanUps: [] }).success;
  expect([isTaken([line]), isTaken(['1 2 3'])]).toEqual([false, true]);
});
