import { z } from 'zod';
import { itemKind } from './plan.js';
import { millis, reclaimable, recoverable } from './model.js';
import { reason } from './verdict.js';
import { updatedContainer } from './update-steps.js';
import { wireError } from './wire.js';

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
  /** Careen itself, or the run by a failure, ended before the item's turn came. */
  z.object({ code: z.literal('interrupted') }),
  /** Careen or the engine ended in the middle of it, and nothing tells how much of it was done. */
  z.object({ code: z.literal('cut-off') }),
  /** A container that runs again, or changed in some other way since the plan. */
  z.object({ code: z.literal('state-changed'), state: z.string() }),
  /** Undoing: it is there already, under this name another image is, or nothing to pull it by. */
  z.object({ code: z.literal('there-already') }),
  z.object({ code: z.literal('name-taken'), ref: z.string() }),
  z.object({ code: z.literal('not-recoverable') }),
]);
export type SkipReason = z.infer<typeof skipReason>;

const itemBase = z.object({
  kind: itemKind.default('image'),
  id: z.string(),
  refs: z.array(z.string()),
});

export const removedItem = itemBase.extend({
  reclaimable,
  /** What decided, whole. Runs of the first version have only `rule`. */
  reason: reason.nullable().default(null),
  rule: z.string(),
  recoverable,
  /** `repository@digest` to pull it again by, where there is one. */
  pull: z.array(z.string()),
  /** Bytes that the engine itself said it freed: the build cache only. */
  freed: z.number().nullish(),
});
export type RemovedItem = z.infer<typeof removedItem>;
export const skippedItem = itemBase.extend({ reason: skipReason });
export const failedItem = itemBase.extend({ error: wireError });

export const runOutcome = z.enum([
  'done',
  'cancelled',
  'engine-lost',
  /** Careen itself ended in the middle; found at the next start. */
  'interrupted',
  'failed',
  /** The health gate: the engine, or an update that is not proven, was not well (JUDGING §6). */
  'unhealthy',
]);

/** What asked for a run: a person by one of three ways, or a trigger (JUDGING §3). */
export const askedBy = z.enum([
  'window',
  'tray',
  'cli',
  'schedule',
  'after-update',
  'pressure',
  'image-budget',
  /** A check that found what `auto` may take. */
  'check',
]);
export type AskedBy = z.infer<typeof askedBy>;

/** What kinds of runs there are. */
export const runKind = z.enum(['clean', 'undo', 'update', 'rollback', 'release']);

/** Whether a person asked, by whichever way; else a trigger did. */
export function isPerson(by: AskedBy): boolean {
  return by === 'window' || by === 'tray' || by === 'cli';
}

const runBase = z.object({
  runId: z.string(),
  by: askedBy,
  engine: z.string(),
  startedAt: millis,
  endedAt: millis.nullable(),
  outcome: runOutcome.nullable(),
  skipped: z.array(skippedItem),
  failed: z.array(failedItem),
});

/** One clean-up, as its result and as its entry in the history. */
export const cleanRun = runBase.extend({
  kind: z.literal('clean'),
  planId: z.string(),
  removed: z.array(removedItem),
  /** What the plan said for the items that were to go. */
  estimated: reclaimable,
  /** The drop of the engine's own LayersSize; null where it could not be asked. */
  measured: z.number().int().nullable(),
  /** Containers that were unhealthy when it began and blocked nothing (JUDGING §6). */
  unhealthy: z.array(z.string()).nullish(),
  /** The trigger whose question a person answered by it. */
  answers: askedBy.nullish(),
});
export type CleanRun = z.infer<typeof cleanRun>;

/** An image that an undoing is to bring back. */
export const undoneItem = itemBase.extend({
  /** What it is to be pulled by, the likeliest first; none: it cannot be brought back. */
  pull: z.array(z.string()),
});
export type UndoneItem = z.infer<typeof undoneItem>;

export const restoredItem = itemBase.extend({
  /** What it was pulled by. */
  pulled: z.string(),
});

/** One undoing of a clean-up: what could be pulled again was (issue 10, History). */
export const undoRun = runBase.extend({
  kind: z.literal('undo'),
  /** The run whose removals were undone. */
  of: z.string(),
  restored: z.array(restoredItem),
});
export type UndoRun = z.infer<typeof undoRun>;

/** One run of updates, or what a person took back or gave up of them (issue 11). */
export const updateRun = runBase.omit({ skipped: true, failed: true }).extend({
  kind: z.enum(['update', 'rollback', 'release']),
  containers: z.array(updatedContainer),
});
export type UpdateRun = z.infer<typeof updateRun>;

export const historyRun = z.discriminatedUnion('kind', [cleanRun, undoRun, updateRun]);
export type HistoryRun = z.infer<typeof historyRun>;
