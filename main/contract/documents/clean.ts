import { z } from 'zod';
import { itemKind } from '../plan.js';
import { askedBy, runOutcome } from '../runs.js';
import { failure, isoTime, reasonDocument, reclaimable, recoverableDocument } from './common.js';
import { updateRunDocument } from './updates.js';

const item = z.object({ kind: itemKind, id: z.string(), refs: z.array(z.string()) });

/** Why an item was left alone: a code, its values, and the sentence. */
const skipDocument = z.object({
  code: z.string(),
  text: z.string(),
  containers: z.array(z.string()).optional(),
  images: z.array(z.string()).optional(),
  ref: z.string().optional(),
  message: z.string().optional(),
  state: z.string().optional(),
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
      /** Why it went; null in runs of the first version. */
      reason: reasonDocument.nullable(),
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

/**
 * What `careen undo --json` prints. Where there was nothing to pull, no run was made: `runId`,
 * `engine`, `startedAt` and `endedAt` are null.
 */
export const undoDocument = cleanDocument
  .pick({
    runId: true,
    by: true,
    engine: true,
    startedAt: true,
    endedAt: true,
    outcome: true,
    skipped: true,
    failed: true,
  })
  .extend({
    kind: z.literal('undo'),
    /** The clean-up that was undone. */
    of: z.string(),
    /** `pulled`: what it was pulled by. */
    restored: z.array(item.extend({ pulled: z.string() })),
  });
export type UndoDocument = z.input<typeof undoDocument>;

/** What `careen history --json` prints; the newest run first. */
export const historyDocument = z.object({
  runs: z.array(z.discriminatedUnion('kind', [cleanDocument, undoDocument, updateRunDocument])),
});
