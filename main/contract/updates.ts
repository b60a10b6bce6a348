import { z } from 'zod';
import type { CheckVerdict, HeldBack, ModeInForce, Version } from '../domain/update/types.js';
import { bytes, containerState, imageId, millis, ownerKind } from './model.js';
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
export const owner = z.object({
  kind: ownerKind,
  tool: z.string(),
  unit: z.string().nullable(),
  command: z.string().nullable(),
  proof: z.string(),
});

export const modeReason = z.discriminatedUnion('by', [
  z.object({
    by: z.enum(['name', 'entry', 'default']),
    rule: z.string(),
    matches: z.array(z.string()).optional(),
  }),
  z.object({ by: z.literal('label'), label: z.string() }),
  z.object({ by: z.literal('owner'), kind: ownerKind, tool: z.string() }),
  z.object({ by: z.literal('other-updater'), tool: z.string() }),
  z.object({ by: z.literal('elsewhere') }),
  z.object({ by: z.literal('recreated'), at: millis }),
]) satisfies z.ZodType<ModeInForce['reason']>;

export const heldBack = z.discriminatedUnion('code', [
  z.object({ code: z.literal('min-age'), until: millis }),
  z.object({ code: z.literal('snoozed'), until: millis }),
  z.object({ code: z.literal('skipped') }),
  z.object({ code: z.literal('rolled-back'), at: millis }),
  z.object({ code: z.literal('too-large'), bytes, most: bytes }),
  z.object({ code: z.literal('major-with-data') }),
  z.object({ code: z.literal('never-starts') }),
  z.object({ code: z.literal('not-running') }),
  z.object({ code: z.literal('paused') }),
  z.object({ code: z.literal('job') }),
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

/**
 * One container, or service of a swarm, as the Updates screen lists it; both are known by their names,
 * a service that a container here is called like by its name and `.service`.
 */
export const updateRow = z.object({
  kind: z.enum(['container', 'service']),
  container: z.string(),
  id: z.string(),
  imageId,
  /** As it was created, in the familiar form. */
  reference: z.string(),
  state: containerState,
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
  /** The update is a major step of a container whose data a rollback would not bring back. */
  majorWithData: z.boolean(),
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
  /** By name, numbers in it as numbers. */
  rows: z.array(updateRow),
  limits: z.array(registryLimit),
  /** Whether a manager of the swarm tells of its services; null: the engine is in no swarm. */
  swarm: z.enum(['answers', 'silent']).nullable(),
  /** How long what an update replaces is kept, in ms, and how many versions of it. */
  kept: z.object({ for: z.number(), versions: z.number() }),
  /**
   * Containers with versions on record and how many, whether they are there or gone, and whether the
   * policy still holds them: all of it can be released.
   */
  recorded: z.array(z.object({ container: z.string(), versions: z.number() })),
});
export type UpdatesSlice = z.infer<typeof updatesSlice>;
