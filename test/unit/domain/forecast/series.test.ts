import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withSample } from '../../../../main/domain/forecast/samples.js';
import {
  mostSeries,
  sameSource,
  type Series,
  seriesFor,
  type Source,
  withSeries,
} from '../../../../main/domain/forecast/series.js';
import { day, hour, start } from './year.js';

const source: fc.Arbitrary<Source> = fc.record({
  of: fc.constantFrom('/a', '/b', '/vm/disk.raw'),
  how: fc.constantFrom('engine', 'file-system', 'disk-file'),
});

/** One reading taken in, as the service does. */
function taken(all: readonly Series[], one: Source, at: number): Series[] {
  const series = seriesFor(all, one, at);
  if (!sameSource(series, one)) return withSeries(all, series);
  const samples = withSample(series.samples, { at, used: 1, available: 1 });
  return withSeries(all, { ...series, samples });
}

it('a source has one series, there is an end to them, and a reading loses none of the others’ samples', () => {
  fc.assert(
    fc.property(fc.array(source, { maxLength: 60 }), (readings) => {
      let all: Series[] = [];
      for (const [n, one] of readings.entries()) {
        const before = all;
        all = taken(all, one, start + n * hour);
        const keys = all.map(({ of, how }) => `${how} ${of}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(all.length).toBeLessThanOrEqual(mostSeries);
        expect(all[0]?.of).toBe(one.of);
        for (const other of before.slice(0, mostSeries - 1))
          if (other !== seriesFor(before, one, start + n * hour)) expect(all).toContain(other);
      }
    }),
  );
});

it('a better source of the same disk goes on telling for a week', () => {
  const engine: Source = { of: '/vm/disk.raw', how: 'engine' };
  const file: Source = { of: '/vm/disk.raw', how: 'disk-file' };
  const all = taken([], engine, start);
  expect(seriesFor(all, file, start + 7 * day - 1)).toBe(all[0]);
  expect(seriesFor(all, file, start + 7 * day)).toEqual({ ...file, samples: [] });
  expect(seriesFor(all, { ...file, of: '/other' }, start)).toMatchObject({ of: '/other' });
  expect(seriesFor(taken([], file, start), engine, start)).toEqual({ ...engine, samples: [] });
});
