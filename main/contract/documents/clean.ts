import { z } from 'zod';
import { askedBy, runOutcome } from '../runs.js';
import {
  failure,
  imageId,
  isoTime,
  reasonDocument,
  reclaimable,
  recoverableDocument,
} from './common.js';

const item = z.object({ id: z.string(), refs: z.array(z.string()) });

/** Why an item was left alone: a code, its values, and the sentence. */
const skipDocument = z.object({
  code: z.string(),
  text: z.string(),
  containers: z.array(z.string()).optional(),
  images: z.array(z.string()).optional(),
  ref: z.string().optional(),
  message: z.string().optional(),
  reason: reasonDocument.optional(),
});

/**
 * What `careen clean --json` prints, and one entry of the history. Where there was nothing to do,
 * no run was made: `runId`, `engine`, `startedAt` and `endedAt` are null.
 */
export const cleanDocument = z.object({
  runId: z.string().nullable(),
  kind: z.literal('clean'),
  planId: z.string(),
  by: askedBy,
  /** The engine's name. */
  engine: z.string().nullable(),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** Null while it is still under way. */
  outcome: runOutcome.nullable(),
  removed: z.array(
    item.extend({
      reclaimable,
      rule: z.string(),
      recoverable: recoverableDocument,
      /** `repository@digest` to pull it again by. */
      pull: z.array(z.string()),
    }),
  ),
  skipped: z.array(item.extend({ reason: skipDocument })),
  failed: z.array(item.extend({ error: failure })),
  /** What the plan said. */
  estimated: reclaimable,
  /** Bytes, as the engine itself counts; null where it did not tell. */
  measured: z.number().int().nullable(),
});
export type CleanDocument = z.input<typeof cleanDocument>;

/** What `careen history --json` prints; the newest run first. */
export const historyDocument = z.object({ runs: z.array(cleanDocument) });
