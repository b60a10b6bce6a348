import { z } from 'zod';
import type { MoveOver } from '../domain/update/move-over.js';
import type { CheckVerdict, HeldBack, ModeInForce, Version } from '../domain/update/types.js';
import type { Change } from '../domain/recreate/types.js';
import { bytes, imageId, millis, ownerKind } from './model.js';
import { wireError } from './wire.js';

export const version = z.object({
  tag: z.string().nullable(),
  digest: z.string().nullable(),
  imageId: imageId.nullable(),
  created: millis.nullable(),
  label: z.string().nullable(),
}) satisfies z.ZodType<Version>;

export const checkVerdict = z.discriminatedUnion('state', [
  z.object({ state: z.literal('current') }),
  z.object({
    state: z.literal('available'),
    to: version,
    source: z.enum(['registry', 'pulled', 'built']),
  }),
  z.object({
    state: z.literal('not-checked'),
    why: z.enum(['pinned', 'local-build', 'ignored', 'owner-pulls', 'no-reference']),
  }),
  z.object({ state: z.literal('gone') }),
  z.object({ state: z.literal('unchecked') }),
]) satisfies z.ZodType<CheckVerdict>;

export const updateMode = z.enum(['auto', 'notify', 'tell', 'ignore']);

/** Whose a container is, with the command that its users type; never run by Careen. */
const owner = z.object({
  kind: ownerKind,
  tool: z.string(),
  unit: z.string().nullable(),
  command: z.string().nullable(),
  proof: z.string(),
});

export const modeReason = z.discriminatedUnion('by', [
  z.object({ by: z.enum(['name', 'entry', 'default']), rule: z.string() }),
  z.object({ by: z.literal('label'), label: z.string() }),
  z.object({ by: z.literal('owner'), kind: ownerKind, tool: z.string() }),
  z.object({ by: z.literal('other-updater'), tool: z.string() }),
  z.object({ by: z.literal('recreated'), at: millis }),
]) satisfies z.ZodType<ModeInForce['reason']>;

export const heldBack = z.discriminatedUnion('code', [
  z.object({ code: z.literal('min-age'), until: millis }),
  z.object({ code: z.literal('snoozed'), until: millis }),
  z.object({ code: z.literal('skipped') }),
  z.object({ code: z.literal('rolled-back'), at: millis }),
  z.object({ code: z.literal('too-large'), bytes, most: bytes }),
  z.object({ code: z.literal('major-with-data') }),
  z.object({ code: z.literal('not-running') }),
  z.object({ code: z.literal('paused') }),
  z.object({ code: z.literal('built-here') }),
]) satisfies z.ZodType<HeldBack>;

/** One version that a container ran and can go back to. */
export const keptVersion = version.extend({
  /** The ID to name it by in `rollback --to`. */
  imageId,
  replacedAt: millis,
  /** Until when it is held for a rollback; afterwards it is judged like any image. */
  until: millis,
  /** Whether it ran well before it was replaced: a rollback goes to the last that did. */
  proven: z.boolean(),
  /** Bytes that giving it up would free at least; null where that is not known. */
  bytes: bytes.nullable(),
  /** Copies of volumes made before it was replaced. */
  copies: z.array(z.object({ volume: z.string(), copy: z.string(), bytes: bytes.nullable() })),
});
export type KeptVersion = z.infer<typeof keptVersion>;

/** One container as the Updates screen lists it; a container is known by its name. */
export const updateRow = z.object({
  container: z.string(),
  id: z.string(),
  imageId,
  /** As it was created, in the familiar form. */
  reference: z.string(),
  state: z.enum([
    'created',
    'running',
    'paused',
    'restarting',
    'removing',
    'exited',
    'dead',
    'unknown',
  ]),
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
  now: version,
  verdict: checkVerdict,
  /** Why the last check failed; the verdict is then that of the check before. */
  error: wireError.nullable(),
  checkedAt: millis.nullable(),
  /** When the new version was first seen. */
  firstSeen: millis.nullable(),
  /** Tags that the rule allows and that are newer, the newest first. */
  newTags: z.array(z.string()),
  mode: updateMode,
  reason: modeReason,
  owner,
  heldBack: heldBack.nullable(),
  /** What it runs is not proven yet; null: proven, or not Careen's own update. */
  unproven: z.object({ since: millis, runId: z.string() }).nullable(),
  /** What it can go back to, the newest first. */
  kept: z.array(keptVersion),
  /** When something that is not Careen last put another image under this name. */
  recreatedAt: millis.nullable(),
});
export type UpdateRow = z.infer<typeof updateRow>;

/** What a registry says of how often it may be asked (`RateLimit-*`, `Retry-After`). */
export const registryLimit = z.object({
  registry: z.string(),
  limit: z.number().nullable(),
  remaining: z.number().nullable(),
  /** Not asked before; null: it may be asked. */
  until: millis.nullable(),
});
export type RegistryLimit = z.infer<typeof registryLimit>;

export const updatesSlice = z.object({
  checking: z.boolean(),
  /** The last whole check. */
  checkedAt: millis.nullable(),
  /** The next one of this process; null: none is due. */
  nextAt: millis.nullable(),
  rows: z.array(updateRow),
  limits: z.array(registryLimit),
  /** How long what an update replaces is kept, in ms, and how many versions of it. */
  kept: z.object({ for: z.number(), versions: z.number() }),
});
export type UpdatesSlice = z.infer<typeof updatesSlice>;

/** Whether a row is an update that a person can take now. */
export function isPending(row: UpdateRow): boolean {
  return (
    row.verdict.state === 'available' &&
    row.mode !== 'ignore' &&
    row.heldBack?.code !== 'skipped' &&
    row.heldBack?.code !== 'rolled-back' &&
    row.heldBack?.code !== 'snoozed'
  );
}

/**
 * Whether `--all` and "Update all" take a row: it is a person's or Compose's, and it runs. Another
 * tool's is taken by name alone, though a person raised its mode.
 */
export function isForAll(row: UpdateRow): boolean {
  return (
    isPending(row) &&
    (row.mode === 'auto' || row.mode === 'notify') &&
    (row.owner.kind === 'person' || row.owner.kind === 'compose') &&
    row.state === 'running' &&
    row.verdict.state === 'available' &&
    row.verdict.source !== 'built' &&
    row.heldBack?.code !== 'built-here'
  );
}

export const change = z.object({
  kind: z.enum(['kept', 'inherited', 'dropped']),
  area: z.string(),
  name: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  secret: z.boolean(),
}) satisfies z.ZodType<Change>;

/** Why Careen does not update a container, even by name. */
export const updateRefusal = z.discriminatedUnion('code', [
  /** Its owner would not know the copy; `command` is the owner's own way. */
  z.object({ code: z.literal('owned'), owner }),
  z.object({ code: z.literal('paused') }),
  z.object({ code: z.literal('not-checked'), why: z.string() }),
  z.object({ code: z.literal('nothing-new') }),
  z.object({ code: z.literal('no-room'), needed: bytes, available: bytes }),
  z.object({ code: z.literal('unreachable'), error: wireError }),
]);
export type UpdateRefusal = z.infer<typeof updateRefusal>;

export const updatePreview = z.object({
  container: z.string(),
  id: z.string(),
  reference: z.string(),
  from: version,
  to: version,
  /** Bytes to pull at most; null: the manifest does not tell, 0: it is here. */
  pull: bytes.nullable(),
  /** Changelog, from the labels of the new image (`org.opencontainers.image.*`), https only. */
  link: z.string().nullable(),
  /** Null where the new image's config could not be read before the pull. */
  changes: z.array(change).nullable(),
  /** Anonymous volumes that are carried over by name. */
  anonymous: z.array(z.object({ volume: z.string(), at: z.string() })),
  /** Data in the writable layer that a recreation loses; null: not known. */
  writable: z.object({ bytes: bytes.nullable(), paths: z.array(z.string()) }).nullable(),
  dependants: z.array(
    z.object({ container: z.string(), act: z.enum(['restart', 'recreate', 'none']) }),
  ),
  /** What a rollback could not undo: what the new version writes there stays. */
  keepsData: z.array(
    z.object({ kind: z.enum(['volume', 'bind']), name: z.string(), at: z.string() }),
  ),
  /** Named volumes that can be copied first (`copyUpTo`); null: none, or more than that. */
  copy: z.object({ volumes: z.array(z.string()), bytes: bytes.nullable() }).nullable(),
  hooks: z.array(z.object({ when: z.enum(['pre-update', 'post-update']), command: z.string() })),
  heldBack: heldBack.nullable(),
  refused: updateRefusal.nullable(),
  /** After this, `docker compose up` would recreate it once more (OWNERS §1.9). */
  composeRecreates: z.boolean(),
});
export type UpdatePreview = z.infer<typeof updatePreview>;

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
]);
export type StepKind = z.infer<typeof stepKind>;

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
    ]),
  }),
  /** Someone else acted in the middle: Careen stopped and left theirs. */
  z.object({ state: z.literal('taken-over'), by: z.string() }),
  /** Nothing of it changed, or all of it was taken back. */
  z.object({ state: z.literal('failed'), error: wireError }),
]);
export type UpdateResult = z.infer<typeof updateResult>;

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

/** What moving over from Watchtower would write into the policy (UPDATING §3). */
export const moveOver = z.object({
  /** The container that it runs in; null: none was found, only labels are read. */
  updater: z.object({ tool: z.string(), container: z.string() }).nullable(),
  /** What its options say, as Careen's own keys. */
  default: z.object({
    mode: updateMode.nullable(),
    every: z.number().nullable(),
    hooks: z.boolean().nullable(),
  }),
  entries: z.array(
    z.object({
      container: z.string(),
      /** As its labels and options have it, and as they alone would be honoured. */
      wanted: updateMode,
      without: updateMode,
      because: z.array(z.string()),
    }),
  ),
  /** Options and labels that have no counterpart. */
  left: z.array(z.string()),
  /** The `update` section that would stand in the policy. */
  yaml: z.string(),
}) satisfies z.ZodType<MoveOver>;
export type { MoveOver };
