import type { CleanDocument, UndoDocument } from '../contract/documents/clean.js';
import type { UpdateRunDocument } from '../contract/documents/updates.js';
import type { CleanRun, HistoryRun, SkipReason, UndoRun } from '../contract/runs.js';
import type { Plan } from '../domain/plan/types.js';
import type { ReasonContext } from '../messages/index.js';
import { english as en } from './context.js';
import { failureOf, iso, isoOrNull, reasonOf, recoverableOf } from './document-parts.js';
import { updateRunOf } from './update-documents.js';

function skipOf(skip: SkipReason, context: ReasonContext): CleanDocument['skipped'][0]['reason'] {
  const { code, ...values } = skip;
  const text = en.skip(skip, context);
  if (!('reason' in values)) return { code, text, ...values };
  return { code, text, reason: reasonOf(values.reason, context) };
}

/** What a clean-up and an undoing tell alike. */
function runBase(run: CleanRun | UndoRun) {
  const context = { now: run.endedAt ?? run.startedAt };
  return {
    runId: run.runId,
    by: run.by,
    engine: run.engine,
    startedAt: iso(run.startedAt),
    endedAt: isoOrNull(run.endedAt),
    outcome: run.outcome,
    skipped: run.skipped.map(({ kind, id, refs, reason }) => ({
      kind,
      id,
      refs,
      reason: skipOf(reason, context),
    })),
    failed: run.failed.map(({ kind, id, refs, error }) => ({
      kind,
      id,
      refs,
      error: failureOf(error),
    })),
  };
}

/** A clean-up, ended or under way. */
export function cleanOf(run: CleanRun): CleanDocument {
  const context = { now: run.endedAt ?? run.startedAt };
  return {
    ...runBase(run),
    kind: run.kind,
    planId: run.planId,
    removed: run.removed.map((item) => ({
      kind: item.kind,
      id: item.id,
      refs: item.refs,
      reclaimable: item.reclaimable,
      reason: item.reason && reasonOf(item.reason, context),
      rule: item.rule,
      recoverable: recoverableOf(item.recoverable),
      pull: item.pull,
    })),
    estimated: run.estimated,
    measured: run.measured,
  };
}

/** An undoing, ended or under way. */
export function undoOf(run: UndoRun): UndoDocument {
  return { ...runBase(run), kind: run.kind, of: run.of, restored: run.restored };
}

export function historyRunOf(run: HistoryRun): CleanDocument | UndoDocument | UpdateRunDocument {
  if (run.kind === 'clean') return cleanOf(run);
  return run.kind === 'undo' ? undoOf(run) : updateRunOf(run);
}

/** The undoing that was not made, since nothing of the run can be brought back. */
export function nothingUndone(of: string): UndoDocument {
  return {
    runId: null,
    kind: 'undo',
    of,
    by: 'cli',
    engine: null,
    startedAt: null,
    endedAt: null,
    outcome: 'done',
    restored: [],
    skipped: [],
    failed: [],
  };
}

/** The clean-up that was not made, since nothing of the plan was to go. */
export function nothingCleaned(plan: Plan): CleanDocument {
  return {
    runId: null,
    kind: 'clean',
    planId: plan.planId,
    by: 'cli',
    engine: null,
    startedAt: null,
    endedAt: null,
    outcome: 'done',
    removed: [],
    skipped: [],
    failed: [],
    estimated: { min: 0, max: 0, certainty: 'exact' },
    measured: 0,
  };
}
