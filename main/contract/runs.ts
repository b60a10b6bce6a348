import { z } from 'zod';
import { imageId, millis, reason, reclaimable, recoverable, wireError } from './model.js';

/** Why an item of a plan was left alone when its turn came (JUDGING §6). */
export const skipReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('in-use'), containers: z.array(z.string()) }),
  z.object({ code: z.literal('tag-moved'), ref: z.string() }),
  z.object({ code: z.literal('new-reference'), ref: z.string() }),
  z.object({ code: z.literal('gone') }),
  z.object({ code: z.literal('now-kept'), reason }),
  z.object({ code: z.literal('base-of-kept'), images: z.array(z.string()) }),
  z.object({ code: z.literal('engine-refused'), message: z.string() }),
  z.object({ code: z.literal('cancelled') }),
  z.object({ code: z.literal('engine-lost') }),
  /** Careen itself ended before the item's turn came. */
  z.object({ code: z.literal('interrupted') }),
]);
export type SkipReason = z.infer<typeof skipReason>;

const itemBase = z.object({ id: imageId, refs: z.array(z.string()) });

export const removedItem = itemBase.extend({
  reclaimable,
  rule: z.string(),
  recoverable,
  /** `repository@digest` to pull it again by, where there is one. */
  pull: z.array(z.string()),
});
export const skippedItem = itemBase.extend({ reason: skipReason });
export const failedItem = itemBase.extend({ error: wireError });

export const cleanOutcome = z.enum([
  'done',
  'cancelled',
  'engine-lost',
  /** Careen itself ended in the middle; found at the next start. */
  'interrupted',
  'failed',
]);

/** One clean-up, as its result and as its entry in the history. */
export const cleanRun = z.object({
  runId: z.string(),
  kind: z.literal('clean'),
  planId: z.string(),
  by: z.enum(['window', 'tray', 'cli']),
  engine: z.string(),
  startedAt: millis,
  endedAt: millis.nullable(),
  outcome: cleanOutcome.nullable(),
  removed: z.array(removedItem),
  skipped: z.array(skippedItem),
  failed: z.array(failedItem),
  /** What the plan said for the items that were to go. */
  estimated: reclaimable,
  /** The drop of the engine's own LayersSize; null where it could not be asked. */
  measured: z.number().int().nullable(),
});
export type CleanRun = z.infer<typeof cleanRun>;
