import { z } from 'zod';
import { millis, reclaimable, wireError } from '../../contract/model.js';
import { askedBy, removedItem, runOutcome, skipReason } from '../../contract/runs.js';

/** What a run is about to do, written before its first step. */
const begun = z.object({
  t: z.literal('begun'),
  runId: z.string(),
  kind: z.literal('clean'),
  planId: z.string(),
  by: askedBy,
  /** The engine's name, for people, and its whole identity, for recovery. */
  engine: z.string(),
  engineKey: z.string(),
  at: millis,
  estimated: reclaimable,
  items: z.array(removedItem),
});

/** Written and on the disk before an image is touched. */
const intent = z.object({
  t: z.literal('intent'),
  runId: z.string(),
  id: z.string(),
  /** The names it has now: recovery puts back those that went without the image. */
  refs: z.array(z.string()),
  at: millis,
});

/** What became of an item; every intent has exactly one, and items never tried have one too. */
const outcome = z.object({
  t: z.literal('outcome'),
  runId: z.string(),
  id: z.string(),
  at: millis,
  result: z.discriminatedUnion('state', [
    z.object({ state: z.literal('removed') }),
    z.object({ state: z.literal('skipped'), skip: skipReason }),
    z.object({ state: z.literal('failed'), error: wireError }),
  ]),
});

const ended = z.object({
  t: z.literal('ended'),
  runId: z.string(),
  at: millis,
  outcome: runOutcome,
  measured: z.number().int().nullable(),
});

/** The one log of intents and outcomes; history is its projection (DESIGN §3, Storage). */
export const journalRecord = z.discriminatedUnion('t', [begun, intent, outcome, ended]);
export type JournalRecord = z.infer<typeof journalRecord>;
export type Begun = z.infer<typeof begun>;
export type Intent = z.infer<typeof intent>;
export type Outcome = z.infer<typeof outcome>;
