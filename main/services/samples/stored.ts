import { z } from 'zod';
import type { CleanUp, Sample } from '../../domain/forecast/samples.js';
import { mostSeries, type Series } from '../../domain/forecast/series.js';
import type { EngineFacts } from '../../domain/facts.js';

/** Milliseconds and bytes of the units that samples are kept in: exact enough for a trend. */
const minute = 60_000;
const megabyte = 1e6;

/** More of a kind than ever are kept: of a file that says otherwise nothing is believed. */
const most = 5_000;

/**
 * What is known of how full one engine's disks were, as it stands in the data home; one line a sample:
 * minutes since the epoch, megabytes used, megabytes available. A clean-up: minutes, megabytes freed.
 */
export const storedSamples = z.object({
  /** The one told of last comes first. */
  series: z
    .array(
      z.object({
        of: z.string(),
        how: z.enum(['engine', 'file-system', 'disk-file']),
        samples: z.array(z.string().regex(/^\d{1,12} \d{1,12} \d{1,12}$/)).max(most),
      }),
    )
    .max(mostSeries),
  cleanUps: z.array(z.string().regex(/^\d{1,12} (\d{1,12}|-)$/)).max(most),
});
export type StoredSamples = z.infer<typeof storedSamples>;

/** The documents in the data home, one an engine; the store's, handed in. */
export interface SampleStore {
  load(engine: EngineFacts): Promise<StoredSamples | null>;
  save(engine: EngineFacts, samples: StoredSamples): Promise<void>;
}

/** How full an engine's disks were. */
export interface Known {
  /** The one told of last comes first. */
  series: readonly Series[];
  cleanUps: readonly CleanUp[];
}

export function packed({ series, cleanUps }: Known): StoredSamples {
  const minutes = (at: number) => Math.max(0, Math.floor(at / minute));
  const megabytes = (bytes: number) => Math.max(0, Math.round(bytes / megabyte));
  const line = ({ at, used, available }: Sample) =>
    `${minutes(at)} ${megabytes(used)} ${megabytes(available)}`;
  return {
    series: series.map(({ of, how, samples }) => ({ of, how, samples: samples.map(line) })),
    cleanUps: cleanUps.map(
      ({ at, freed }) => `${minutes(at)} ${freed === null ? '-' : megabytes(freed)}`,
    ),
  };
}

export function unpacked({ series, cleanUps }: StoredSamples): Known {
  const parts = (line: string) => line.split(' ').map(Number) as [number, number, number];
  return {
    series: series.map(({ of, how, samples }) => ({
      of,
      how,
      samples: samples.map((line) => {
        const [at, used, available] = parts(line);
        return { at: at * minute, used: used * megabyte, available: available * megabyte };
      }),
    })),
    cleanUps: cleanUps.map((line) => {
      const [at, freed] = parts(line);
      return { at: at * minute, freed: Number.isNaN(freed) ? null : freed * megabyte };
    }),
  };
}
