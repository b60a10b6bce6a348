import { z } from 'zod';
import type { LeftWhy } from '../pending.js';
import { askedBy, runOutcome } from '../runs.js';
import { change, moveOver, updatePreview } from '../update-preview.js';
import { stepKind, stepTold, updatedContainer, type updateResult } from '../update-steps.js';
import { keptVersion, registryLimit, updateRow, version } from '../updates.js';
import { bytes, failure, isoTime } from './common.js';

export const versionDocument = version.extend({ created: isoTime.nullable() });

const leftWhyCode = z.enum([
  'owner',
  'tell',
  'by-name',
  'paused',
  'not-running',
  'built',
  'no-room',
]) satisfies z.ZodType<LeftWhy>;

const state = <S extends z.infer<typeof updateResult>['state']>(value: S) =>
  z.object({ state: z.literal(value), text: z.string() });

/** What became of one container: `text` is the sentence of it whole, `why` and `error` of their part. */
const resultDocument = z.discriminatedUnion('state', [
  state('updated').extend({ proven: z.boolean() }),
  state('rolled-back').extend({ why: failure, log: z.array(z.string()) }),
  state('restored'),
  state('released').extend({ freed: bytes.nullable() }),
  state('restarted'),
  state('skipped').extend({ why: failure }),
  state('taken-over').extend({ by: z.string() }),
  state('failed').extend({ error: failure }),
]);

/**
 * What `careen update`, `rollback` and `release --json` print, and one entry of the history. Where
 * there was nothing to do, no run was made: `runId`, `engine`, `startedAt` and `endedAt` are null.
 */
export const updateRunDocument = z.object({
  runId: z.string().nullable(),
  kind: z.enum(['update', 'rollback', 'release']),
  by: askedBy,
  /** The engine's name. */
  engine: z.string().nullable(),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** Null while it is still under way. */
  outcome: runOutcome.nullable(),
  containers: z.array(
    updatedContainer.extend({
      from: versionDocument,
      to: versionDocument,
      result: resultDocument.nullable(),
      steps: z.array(stepTold.pick({ step: true, state: true, took: true, bytes: true })),
    }),
  ),
});
export type UpdateRunDocument = z.input<typeof updateRunDocument>;

/** What `careen update --json` prints: the run, and what was told before it. */
export const updateDocument = updateRunDocument.extend({
  /** What a person would want to know of a container before; `paths`: of `lost`, what goes for good. */
  beforehand: z.array(
    z.object({
      container: z.string(),
      code: z.enum(['refused', 'lost', 'unknown', 'held', 'restarts']),
      paths: z.array(z.string()),
      text: z.string(),
    }),
  ),
  /** Updates that wait and that `--all` leaves. */
  left: z.array(z.object({ container: z.string(), why: leftWhyCode, text: z.string() })),
});
export type UpdateDocument = z.input<typeof updateDocument>;

/** What a check says of one container. */
const verdictDocument = z.object({
  state: z.enum(['current', 'available', 'not-checked', 'gone', 'unchecked']),
  text: z.string(),
  /** The new version, and where it was found. */
  to: versionDocument.optional(),
  source: z.enum(['registry', 'pulled', 'built']).optional(),
  why: z.string().optional(),
});

/** One container as `careen check` lists it. */
export const updateRowDocument = updateRow
  .omit({ reason: true, heldBack: true, error: true, verdict: true })
  .extend({
    now: versionDocument,
    verdict: verdictDocument,
    /** Whether it is an update that can be taken now, and whether `--all` takes it. */
    pending: z.boolean(),
    forAll: z.boolean(),
    /** Why the last check failed. */
    error: failure.nullable(),
    checkedAt: isoTime.nullable(),
    firstSeen: isoTime.nullable(),
    /** What decided the mode. */
    reason: failure,
    /** Why neither `auto` nor `--all` takes it. */
    heldBack: failure.nullable(),
    unproven: z.object({ since: isoTime, runId: z.string() }).nullable(),
    kept: z.array(
      keptVersion.extend({
        created: isoTime.nullable(),
        replacedAt: isoTime,
        until: isoTime,
      }),
    ),
    recreatedAt: isoTime.nullable(),
  });
export type UpdateRowDocument = z.input<typeof updateRowDocument>;

/** What `careen check --json` prints. */
export const checkDocument = z.object({
  /** The last check of every container, and the next one while the app runs. */
  checkedAt: isoTime.nullable(),
  nextAt: isoTime.nullable(),
  /** Those that were named, else all. */
  containers: z.array(updateRowDocument),
  /** What registries say of how often they may be asked. */
  limits: z.array(registryLimit.extend({ until: isoTime.nullable() })),
  /** Whether a manager of the swarm tells of its services; null: the engine is in no swarm. */
  swarm: z.enum(['answers', 'silent']).nullable(),
});
export type CheckDocument = z.input<typeof checkDocument>;

/** What `careen preview --json` prints; values that may be secret are masked. */
export const previewDocument = updatePreview.extend({
  from: versionDocument,
  to: versionDocument,
  changes: z.array(change).nullable(),
  steps: z.array(stepKind),
  heldBack: failure.nullable(),
  refused: failure.nullable(),
});
export type PreviewDocument = z.input<typeof previewDocument>;

/** What `careen move-over --json` prints. */
export const moveOverDocument = moveOver.extend({
  /** Whether it was written into the policy. */
  applied: z.boolean(),
});
