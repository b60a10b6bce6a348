import type {
  CheckDocument,
  PreviewDocument,
  UpdateRowDocument,
  UpdateDocument,
  UpdateRunDocument,
} from '../contract/documents/updates.js';
import type { UpdateRun } from '../contract/runs.js';
import type { AskedOfAll } from '../contract/beforehand.js';
import { isForAll, isPending, type leftByAll } from '../contract/pending.js';
import type { UpdateRow, UpdatesSlice } from '../contract/updates.js';
import { type UpdatePreview } from '../contract/update-preview.js';
import {
  type StepKind,
  type UpdatedContainer,
  type UpdateResult,
} from '../contract/update-steps.js';
import type { CheckVerdict, Version } from '../domain/update/types.js';
import { beforehandText } from '../messages/beforehand.js';
import { english as en } from './context.js';
import { failureOf, iso, isoOrNull } from './document-parts.js';

type ContainerDocument = UpdateRunDocument['containers'][number];

/** Stands where a value may be secret. */
export const masked = '******';

const versionOf = (version: Version) => ({ ...version, created: isoOrNull(version.created) });

/** A code with its values, times written out, and its sentence. */
function codedOf({ code, ...values }: { code: string }, text: string) {
  const details: Record<string, unknown> = { ...values };
  for (const key of ['until', 'at'])
    if (typeof details[key] === 'number') details[key] = iso(details[key]);
  return { code, text, details };
}

/** A run of updates, of rolling back or of releasing, ended or under way. */
export function updateRunOf(run: UpdateRun): UpdateRunDocument {
  const now = run.endedAt ?? run.startedAt;
  return {
    ...run,
    startedAt: iso(run.startedAt),
    endedAt: isoOrNull(run.endedAt),
    containers: run.containers.map((one) => containerOf(one, now)),
  };
}

/** What was told before updates were taken: of each, and of those that `--all` leaves. */
export interface Told {
  beforehand: Pick<AskedOfAll['each'][number], 'row' | 'notes'>[];
  left: ReturnType<typeof leftByAll>;
}

/**
 * What `update` came to: a run, or, where none was made, why of each container; with what was told
 * beforehand.
 */
export function updateOf(
  run: UpdateRun | readonly UpdatedContainer[],
  { beforehand, left }: Told,
  now: number,
): UpdateDocument {
  return {
    ...('runId' in run ? updateRunOf(run) : noRunOf('update', run, now)),
    beforehand: beforehand.flatMap(({ row: { container }, notes }) =>
      notes.map((note) => ({
        container,
        code: note.code,
        paths: note.code === 'lost' ? [...note.paths] : [],
        text: beforehandText(en, note, now),
      })),
    ),
    left: left.map(({ row: { container, owner }, why }) => ({
      container,
      why,
      text: en.window.updates.askAll.why(why, owner.tool),
    })),
  };
}

/** A run that was not made, since nothing was to be done; `containers` says why of each. */
export function noRunOf(
  kind: UpdateRun['kind'],
  containers: readonly UpdatedContainer[],
  now: number,
): UpdateRunDocument {
  return {
    runId: null,
    kind,
    by: 'cli',
    engine: null,
    startedAt: null,
    endedAt: null,
    outcome: 'done',
    containers: containers.map((one) => containerOf(one, now)),
  };
}

function containerOf(updated: UpdatedContainer, now: number): ContainerDocument {
  const { result } = updated;
  return {
    ...updated,
    from: versionOf(updated.from),
    to: versionOf(updated.to),
    result: result && { ...resultOf(result, now), text: en.update.result(updated, now) },
    steps: updated.steps.map(({ step, state, took, bytes }) => ({ step, state, took, bytes })),
  };
}

function resultOf(result: UpdateResult, now: number) {
  switch (result.state) {
    case 'rolled-back':
      return { ...result, why: codedOf(result.why, en.update.proofFailure(result.why)) };
    case 'skipped':
      return { ...result, why: codedOf(result.why, en.update.skipped(result.why, now)) };
    case 'failed':
      return { ...result, error: failureOf(result.error) };
    default:
      return result;
  }
}

/** What a check found; `rows` are those that were asked for. */
export function checkOf(
  { checkedAt, nextAt, limits, swarm }: UpdatesSlice,
  rows: readonly UpdateRow[],
  now: number,
): CheckDocument {
  return {
    checkedAt: isoOrNull(checkedAt),
    nextAt: isoOrNull(nextAt),
    containers: rows.map((row) => rowOf(row, now)),
    limits: limits.map((limit) => ({ ...limit, until: isoOrNull(limit.until) })),
    swarm,
  };
}

/** One container with what is known of its updates. */
export function rowOf(row: UpdateRow, now: number): UpdateRowDocument {
  const { by, ...reason } = row.reason;
  return {
    ...row,
    now: versionOf(row.now),
    verdict: verdictOf(row.verdict),
    pending: isPending(row),
    forAll: isForAll(row),
    error: row.error && failureOf(row.error),
    checkedAt: isoOrNull(row.checkedAt),
    firstSeen: isoOrNull(row.firstSeen),
    reason: codedOf({ code: by, ...reason }, en.update.modeReason(row.reason)),
    heldBack: row.heldBack && codedOf(row.heldBack, en.update.heldBack(row.heldBack, now)),
    unproven: row.unproven && { ...row.unproven, since: iso(row.unproven.since) },
    kept: row.kept.map((one) => ({
      ...one,
      created: isoOrNull(one.created),
      replacedAt: iso(one.replacedAt),
      until: iso(one.until),
    })),
    recreatedAt: isoOrNull(row.recreatedAt),
  };
}

function verdictOf(verdict: CheckVerdict): UpdateRowDocument['verdict'] {
  const text = en.update.verdict(verdict);
  if (verdict.state !== 'available') return { ...verdict, text };
  return { ...verdict, text, to: versionOf(verdict.to) };
}

/** What an update would change. */
export function previewOf(
  preview: UpdatePreview,
  steps: readonly StepKind[],
  now: number,
): PreviewDocument {
  const { changes, heldBack, refused } = preview;
  const mask = (value: string | null) => (value === null ? null : masked);
  return {
    ...preview,
    from: versionOf(preview.from),
    to: versionOf(preview.to),
    changes:
      changes?.map((one) =>
        one.secret ? { ...one, before: mask(one.before), after: mask(one.after) } : one,
      ) ?? null,
    steps: [...steps],
    heldBack: heldBack && codedOf(heldBack, en.update.heldBack(heldBack, now)),
    refused: refused && codedOf(refused, en.update.refusal(refused)),
  };
}
