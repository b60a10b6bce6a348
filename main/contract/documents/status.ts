import { z } from 'zod';
import { mode, modeLowered } from '../policy.js';
import { lostImages } from '../plan.js';
import { askedBy } from '../runs.js';
import { lookedAt } from '../looked.js';
import { engineSlice, gauge, question } from '../slices.js';
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
    /** When the engine's disk is full at the pace that it fills, with nothing cleaned up meanwhile. */
    forecast: z.object({ fullAt: isoTime, earliest: isoTime, latest: isoTime }).nullable(),
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
  /** How many of these images are not known to come back; `sure`: it is known of each that it cannot. */
  reclaimableLost: lostImages,
  /** Images that go only when they are ticked. */
  untickedImages: z.number().int(),
  policy: z.object({
    source: z.enum(['default', 'file']),
    file: z.string(),
    error: failure.nullable(),
    /** Why triggers may only suggest though the policy says more. */
    modeLowered: modeLowered.nullable(),
  }),
  /** What may happen without being asked. */
  triggers: z.object({
    /** At most, as things stand; null while paused. */
    mode: mode.nullable(),
    next: z.object({ cause: askedBy, at: isoTime }).nullable(),
    /** What a clean-up by itself waits for, and since when. */
    waiting: z
      .object({ cause: askedBy, for: z.enum(['gap', 'offline', 'battery']), since: isoTime })
      .nullable(),
  }),
  updates: z.object({
    /** Containers with an update that can be taken now, by name. */
    pending: z.array(z.string()),
    /** The last whole check. */
    checkedAt: isoTime.nullable(),
    /** The next one, while the app runs. */
    nextAt: isoTime.nullable(),
  }),
  /** A clean-up that waits for an answer: `careen clean --plan ID` gives it. */
  question: z
    .object({
      /** Null: the disk is full and nothing can go; `why` says why. */
      planId: z.string().nullable(),
      by: askedBy,
      why: question.shape.why,
      items: z.number().int(),
      reclaimable,
      /** The same of the images of its plan. */
      lost: lostImages,
      at: isoTime,
    })
    .nullable(),
  /** True while a clean-up, an undoing or a run of updates is under way. */
  running: z.boolean(),
  lastRun: cleanDocument.nullable(),
  pausedUntil: isoTime.nullable(),
  home: z.string(),
  /** Files that could not be read and were moved aside. */
  movedAside: z.array(z.object({ file: z.string(), to: z.string() })),
});
export type StatusDocument = z.input<typeof statusDocument>;
