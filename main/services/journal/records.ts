import { z } from 'zod';
import { itemKind } from '../../contract/plan.js';
import { millis, reclaimable } from '../../contract/model.js';
import { wireError } from '../../contract/wire.js';
import { askedBy, removedItem, runOutcome, skipReason, undoneItem } from '../../contract/runs.js';
import { version } from '../../contract/updates.js';
import { updateRecord } from './update-records.js';

const begunBase = z.object({
  t: z.literal('begun'),
  runId: z.string(),
  by: askedBy,
  /** The engine's name, for people, and its whole identity, for recovery. */
  engine: z.string(),
  engineKey: z.string(),
  at: millis,
});

/** What a clean-up is about to do, written before its first step. */
const begunClean = begunBase.extend({
  kind: z.literal('clean'),
  planId: z.string(),
  estimated: reclaimable,
  items: z.array(removedItem),
  /** Containers that were unhealthy then and stood in nothing's way (JUDGING §6). */
  unhealthy: z.array(z.string()).nullish(),
  /** The trigger whose question a person answered by it. */
  answers: askedBy.nullish(),
});

/** What an undoing is about to do. */
const begunUndo = begunBase.extend({
  kind: z.literal('undo'),
  /** The run whose removals are undone. */
  of: z.string(),
  items: z.array(undoneItem),
});

/** Containers that are about to be updated, to go back to a kept version, or to give them up. */
const begunUpdate = begunBase.extend({
  kind: z.enum(['update', 'rollback', 'release']),
  containers: z.array(
    z.object({
      container: z.string(),
      reference: z.string(),
      from: version,
      to: version,
      /** Volumes and binds that the new version may write to. */
      data: z.array(z.string()),
    }),
  ),
  /**
   * What is restarted or made anew since it depends on one of them, in this order; also what is to be
   * updated itself, for the case that it is not.
   */
  dependants: z.array(
    z.object({
      container: z.string(),
      id: z.string(),
      act: z.enum(['restart', 'recreate']),
      /** Names of those that it depends on, of all that are touched. */
      after: z.array(z.string()),
    }),
  ),
});

const begun = z.discriminatedUnion('kind', [begunClean, begunUndo, begunUpdate]);

/** Written and on the disk before an item is touched. */
const intent = z.object({
  t: z.literal('intent'),
  runId: z.string(),
  kind: itemKind.default('image'),
  id: z.string(),
  /** An image's names as they are now: recovery puts back those that went without it. */
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
    /** `freed`: bytes, where the engine itself says them. */
    z.object({ state: z.literal('removed'), freed: z.number().nullish() }),
    /** `refs`: the names that it bears again; `pulled`: what it was pulled by. */
    z.object({ state: z.literal('restored'), refs: z.array(z.string()), pulled: z.string() }),
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
export const journalRecord = z.discriminatedUnion('t', [
  begun,
  intent,
  outcome,
  updateRecord,
  ended,
]);
export type JournalRecord = z.infer<typeof journalRecord>;
export type Begun = z.infer<typeof begun>;
export type BegunClean = z.infer<typeof begunClean>;
export type BegunUndo = z.infer<typeof begunUndo>;
export type BegunUpdate = z.infer<typeof begunUpdate>;
export type Intent = z.infer<typeof intent>;
export type Outcome = z.infer<typeof outcome>;
export type Ended = z.infer<typeof ended>;
