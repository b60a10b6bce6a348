import { z } from 'zod';
import { engineSlice, gauge, lookedAt } from '../slices.js';
import { bytes, engineFacts, failure, isoTime, reclaimable } from './common.js';
import { cleanDocument } from './clean.js';

/** What `careen status --json` prints. */
export const statusDocument = z.object({
  engine: z.object({
    status: engineSlice.shape.status,
    since: isoTime,
    facts: engineFacts.nullable(),
    /** The place that the endpoint was taken from. */
    chosen: lookedAt.nullable(),
    looked: z.array(lookedAt),
    error: failure.nullable(),
  }),
  gauges: z.object({
    engine: gauge,
    host: gauge,
    /** True where both are one file system. */
    same: z.boolean(),
    at: isoTime.nullable(),
  }),
  images: z.object({
    count: z.number().int(),
    /** Every layer once. */
    onDisk: bytes,
    sumOfSizes: bytes,
  }),
  /** What the ticked items of a plan made now would free. */
  reclaimable,
  reclaimableImages: z.number().int(),
  /** Images that go only when they are ticked. */
  untickedImages: z.number().int(),
  policy: z.object({
    source: z.enum(['default', 'file']),
    file: z.string(),
    error: failure.nullable(),
  }),
  /** True while a clean-up is under way. */
  running: z.boolean(),
  lastRun: cleanDocument.nullable(),
  pausedUntil: isoTime.nullable(),
  home: z.string(),
  /** Files that could not be read and were moved aside. */
  movedAside: z.array(z.object({ file: z.string(), to: z.string() })),
});
export type StatusDocument = z.input<typeof statusDocument>;
