import type { UpdateRunDocument } from '../contract/documents/updates.js';
import type { UpdateRun } from '../contract/runs.js';
import type { UpdatedContainer, UpdateResult } from '../contract/updates.js';
import type { Version } from '../domain/update/types.js';
import { english as en } from './context.js';
import { failureOf, iso, isoOrNull } from './document-parts.js';

type ContainerDocument = UpdateRunDocument['containers'][number];

const versionOf = (version: Version) => ({ ...version, created: isoOrNull(version.created) });

/** A run of updates, of rolling back or of releasing, ended or under way. */
export function updateRunOf(run: UpdateRun): UpdateRunDocument {
  return {
    ...run,
    startedAt: iso(run.startedAt),
    endedAt: isoOrNull(run.endedAt),
    containers: run.containers.map((one) => containerOf(one, run.endedAt ?? run.startedAt)),
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

/** A code with its values and its sentence. */
function codedOf({ code, ...details }: { code: string }, text: string) {
  return { code, text, details };
}
