import { z } from 'zod';
import { foreignActs } from '../domain/swarm/progress.js';
import { onItsWay } from '../domain/swarm/tasks.js';
import { deeds } from '../domain/update/interference.js';
import type { StepKind } from '../domain/update/steps.js';
import { bytes, millis } from './model.js';
import { updateRefusal } from './update-preview.js';
import { heldBack, version } from './updates.js';
import { wireError } from './wire.js';

/** One step of an update, in the order of doing; its undo is fixed by its kind (UPDATING §5). */
export const stepKind = z.enum([
  'retain',
  'pull',
  'hook-before',
  'create',
  'copy-volumes',
  'restart-policy-off',
  'stop',
  'rename',
  'start',
  'prove',
  'hook-after',
  'dependants',
  'retire',
  'tag',
  'clean-up',
  /** Of a rollback. */
  'restore',
  /** Of a service: Swarm replaces its tasks. */
  'roll-out',
]) satisfies z.ZodType<StepKind>;
export type { StepKind };

export const stepTold = z.object({
  /** Unique in its run. */
  id: z.string(),
  container: z.string(),
  step: stepKind,
  state: z.enum(['waiting', 'working', 'done', 'skipped', 'failed', 'undone']),
  /** When it began, so that a window opened in its middle can say for how long; absent before. */
  startedAt: millis.nullish(),
  /** Milliseconds that it took; null while it is not done. */
  took: z.number().nullable(),
  /** Bytes pulled so far and in all, where the engine tells. */
  bytes: z.object({ done: bytes, total: bytes }).nullable(),
  /** Of `prove`: healthy answers so far and wanted; of a pull: layers. */
  count: z.object({ done: z.number(), total: z.number() }).nullable(),
});
export type StepTold = z.infer<typeof stepTold>;

/** Why a version did not prove itself. */
export const proofFailure = z.discriminatedUnion('code', [
  z.object({ code: z.literal('unhealthy') }),
  z.object({ code: z.literal('exited'), exitCode: z.number().nullable() }),
  z.object({ code: z.literal('restarting'), restarts: z.number() }),
  z.object({ code: z.literal('not-started'), message: z.string() }),
  z.object({ code: z.literal('not-healthy-in-time'), ms: z.number() }),
  z.object({ code: z.literal('probe'), message: z.string() }),
  z.object({ code: z.literal('hook'), exitCode: z.number().nullable(), message: z.string() }),
  /** One that it depends on, or that is updated with it, failed. */
  z.object({ code: z.literal('root-failed'), container: z.string() }),
  /** Of a service. Swarm went back by itself; `message` in its words. */
  z.object({ code: z.literal('swarm'), message: z.string() }),
  /** A task ended after Swarm had called the update completed. */
  z.object({ code: z.literal('task-died'), message: z.string() }),
  z.object({ code: z.literal('tasks-replaced'), times: z.number() }),
  z.object({ code: z.literal('tasks-missing'), running: z.number(), wanted: z.number() }),
  /** Swarm found no place for a task; `host-port`: an old one has the port that it needs. */
  z.object({
    code: z.literal('stuck'),
    by: z.enum(['host-port', 'pending', 'not-begun']),
    message: z.string(),
  }),
  /** A task had its node and got no further for so long, in ms. */
  z.object({
    code: z.literal('standstill'),
    state: z.enum(onItsWay),
    ms: z.number(),
    message: z.string(),
  }),
  /** A person cancelled it while Swarm was at work on it, or while it was proved. */
  z.object({ code: z.literal('cancelled') }),
]);
export type ProofFailure = z.infer<typeof proofFailure>;

/** What became of one container in a run of updates. */
export const updateResult = z.discriminatedUnion('state', [
  z.object({ state: z.literal('updated'), proven: z.boolean() }),
  /** It did not prove itself: what ran before runs again. */
  z.object({
    state: z.literal('rolled-back'),
    why: proofFailure,
    /** The last lines that it wrote. */
    log: z.array(z.string()),
  }),
  /** A person went back to a kept version. */
  z.object({ state: z.literal('restored') }),
  z.object({ state: z.literal('released'), freed: bytes.nullable() }),
  z.object({ state: z.literal('restarted') }),
  z.object({
    state: z.literal('skipped'),
    why: z.discriminatedUnion('code', [
      ...updateRefusal.options,
      z.object({ code: z.literal('held-back'), held: heldBack }),
      z.object({ code: z.literal('hook'), exitCode: z.number() }),
      z.object({ code: z.literal('cancelled') }),
      z.object({ code: z.literal('engine-lost') }),
      z.object({ code: z.literal('interrupted') }),
      z.object({ code: z.literal('gone') }),
      /** It is no longer what a person was shown, and agreed to. */
      z.object({ code: z.literal('changed') }),
    ]),
  }),
  /** Someone else acted in the middle: Careen stopped and left theirs. */
  z.object({ state: z.literal('taken-over'), by: z.enum([...deeds, ...foreignActs]) }),
  /** Nothing of it changed, or all of it was taken back. */
  z.object({ state: z.literal('failed'), error: wireError }),
]);
export type UpdateResult = z.infer<typeof updateResult>;
/** What somebody else did to a container, or to a service, in the middle of its update. */
export type TakenOverBy = Extract<UpdateResult, { state: 'taken-over' }>['by'];

export const updatedContainer = z.object({
  container: z.string(),
  reference: z.string(),
  from: version,
  to: version,
  result: updateResult.nullable(),
  /** Milliseconds from the stop of the old to the start of the new; null: it did not stop. */
  downFor: z.number().nullable(),
  steps: z.array(stepTold),
  /** Volumes and binds that the new version may have written to. */
  data: z.array(z.string()),
  /** Set where recovery finished it at the next start. */
  recovered: z.enum(['finished', 'rolled-back']).nullable(),
});
export type UpdatedContainer = z.infer<typeof updatedContainer>;

/** A run of updates, of rolling back or of releasing while it is under way: every step of each container. */
export const updateProgress = z.object({
  runId: z.string(),
  kind: z.enum(['update', 'rollback', 'release']),
  token: z.string().nullable(),
  startedAt: millis,
  cancelling: z.boolean(),
  steps: z.array(stepTold),
});
export type UpdateProgress = z.infer<typeof updateProgress>;
