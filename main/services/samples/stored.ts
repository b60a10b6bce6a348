import { z } from 'zod';
import type { CleanUp, Sample } from '../../domain/forecast/samples.js';
import type { EngineFacts } from '../../domain/facts.js';

/** Milliseconds and bytes of the units that samples are kept in: exact enough for a trend. */
const minute = 60_000;
const megabyte = 1e6;

/** More of a kind than ever are kept: of a file that says otherwise nothing is believed. */
const most = 5_000;

/**
 * What is known of how full one engine's disk was, as it stands in the data home; one line a sample:
 * minutes since the epoch, megabytes used, megabytes available. A clean-up: minutes, megabytes freed.
 */
export const storedSamples = z.object({
  /** What was measured: a folder or a disk file. Figures of another are not to be compared. */
  of: z.string(),
  samples: z.array(z.string().regex(/^\d{1,12} \d{1,12} \d{1,12}$/)).max(most),
  cleanUps: z.array(z.string().regex(/^\d{1,12} (\d{1,12}|-)$/)).max(most),
});
export type StoredSamples = z.infer<typeof storedSamples>;

/** The documents in the data home, one an engine; the store's, handed in. */
export interface SampleStore {
  load(engine: EngineFacts): Promise<StoredSamples | null>;
  save(engine: EngineFacts, samples: StoredSamples): Promise<void>;
}

/** How full one disk was. */
export interface Series {
  of: string;
  samples: readonly Sample[];
  cleanUps: readonly CleanUp[];
}

export function packed({ of, samples, cleanUps }: Series): StoredSamples {
  const minutes = (at: number) => Math.max(0, Math.floor(at / minute));
  const megabytes = (bytes: number) => Math.max(0, Math.round(bytes / megabyte));
  return {
    of,
    samples: samples.map(
      ({ at, used, available }) => `${minutes(at)} ${megabytes(used)} ${megabytes(available)}`,
    ),
    cleanUps: cleanUps.map(
      ({ at, freed }) => `${minutes(at)} ${freed === null ? '-' : megabytes(freed)}`,
    ),
  };
}

export function unpacked({ of, samples, cleanUps }: StoredSamples): Series {
  const parts = (line: string) => line.split(' ').map(Number) as [number, number, number];
  return {
    of,
    samples: samples.map((line) => {
      const [at, used, available] = parts(line);
      return { at: at * minute, used: used * megabyte, available: available * megabyte };
    }),
    cleanUps: cleanUps.map((line) => {
      const [at, freed] = parts(line);
      return { at: at * minute, freed: Number.isNaN(freed) ? null : freed * megabyte };
    }),
  };
}
