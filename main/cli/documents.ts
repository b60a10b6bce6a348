import type { StatusDocument } from '../contract/documents/status.js';
import type { CleanDocument, UndoDocument } from '../contract/documents/clean.js';
import type { ErrorDocument } from '../contract/documents/index.js';
import { encodeFacts } from '../contract/documents/inventory.js';
import type { JudgedDocument, JudgedOtherDocument } from '../contract/documents/judged.js';
import type { PlanDocument } from '../contract/documents/plan.js';
import type { SpaceDocument } from '../contract/documents/space.js';
import type { Result } from '../contract/commands.js';
import type { WireError } from '../contract/wire.js';
import type { CleanRun, HistoryRun, SkipReason, UndoRun } from '../contract/runs.js';
import type { CareenError } from '../domain/errors.js';
import type { Recoverable } from '../domain/facts.js';
import type { Plan } from '../domain/plan/types.js';
import type { ChangesWhen, JudgedImage, JudgedOther, Reason } from '../domain/verdict/types.js';
import type { ReasonContext } from '../messages/index.js';
import { english as en } from './context.js';

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** The rule behind a reason; null where none is. */
const ruleOf = (r: Reason) => ('rule' in r ? r.rule : null);

function reasonOf(r: Reason, context: ReasonContext) {
  return { kind: r.kind, code: r.code, rule: ruleOf(r), text: en.reason(r, context) };
}

function recoverableOf(r: Recoverable) {
  return r.state === 'verified' ? { state: r.state, at: iso(r.at) } : { state: r.state };
}

/** A failure with its English sentence. */
export function failureOf(error: WireError | CareenError): ErrorDocument['error'] {
  return { code: error.code, text: en.error(error), details: { ...error.details } };
}

/** One judged image; `context` says as of when its sentences speak. */
export function judgedOf(image: JudgedImage, context: ReasonContext): JudgedDocument {
  return {
    id: image.id,
    refs: image.refs,
    size: image.facts.size,
    reclaimable: image.reclaimable,
    verdict: image.verdict,
    decidedBy: reasonOf(image.decidedBy, context),
    references: image.references.map(({ ref, kind, decidedBy }) => ({
      ref,
      type: kind,
      kind: decidedBy.kind,
      rule: ruleOf(decidedBy),
      text: en.reason(decidedBy, context),
    })),
    alsoMatched: image.alsoMatched.map((r) => reasonOf(r, context)),
    estimate: image.estimate,
    baseOf: image.baseOf,
    changesWhen: changesOf(image.changesWhen),
    facts: encodeFacts(image.facts),
  };
}

/** What is no image, judged. */
export function judgedOtherOf(other: JudgedOther, context: ReasonContext): JudgedOtherDocument {
  const { kind, id, name, reclaimable, verdict, nameable, project, lastUsed } = other;
  return {
    kind,
    id,
    name,
    reclaimable,
    verdict,
    nameable,
    decidedBy: reasonOf(other.decidedBy, context),
    lastUsed: lastUsed && { at: iso(lastUsed.at), by: lastUsed.by },
    project,
    changesWhen: changesOf(other.changesWhen),
  };
}

function changesOf(changes: readonly ChangesWhen[]): JudgedDocument['changesWhen'] {
  return changes.map((c) => ('at' in c ? { at: iso(c.at) } : c));
}

/** A plan; its sentences speak as of when it was made. */
export function planOf(plan: Plan, name: (id: string) => string): PlanDocument {
  const context = { now: plan.takenAt, name };
  return {
    planId: plan.planId,
    takenAt: iso(plan.takenAt),
    engine: { endpoint: plan.engine.endpoint, id: plan.engine.id, store: plan.engine.store },
    items: plan.items.map((item) => ({
      kind: item.kind,
      id: item.id,
      refs: item.refs,
      reclaimable: item.reclaimable,
      reason: reasonOf(item.reason, context),
      recoverable: recoverableOf(item.recoverable),
      ticked: item.ticked,
      group: item.group,
      after: item.after,
      belongsTo: item.belongsTo,
    })),
    kept: plan.kept.map(({ kind, images }) => ({ kind, images, text: en.cli.keptAs[kind] })),
    reclaimable: plan.reclaimable,
    reclaimableAll: plan.reclaimableAll,
    free: plan.free,
  };
}

function skipOf(skip: SkipReason, context: ReasonContext): CleanDocument['skipped'][0]['reason'] {
  const { code, ...values } = skip;
  const text = en.skip(skip, context);
  if (!('reason' in values)) return { code, text, ...values };
  return { code, text, reason: reasonOf(values.reason, context) };
}

/** What a run of any kind tells alike. */
function runBase(run: HistoryRun) {
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

export function historyRunOf(run: HistoryRun): CleanDocument | UndoDocument {
  return run.kind === 'clean' ? cleanOf(run) : undoOf(run);
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

export function spaceOf(space: Result<'space'>): SpaceDocument {
  return { ...space, at: iso(space.at) };
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

export function statusOf(status: Result<'status'>): StatusDocument {
  const { engine, gauges, totals, run, settings, triggers } = status;
  return {
    engine: {
      status: engine.status,
      since: iso(engine.since),
      facts: engine.facts,
      chosen: engine.chosen,
      looked: engine.looked,
      error: engine.error && failureOf(engine.error),
    },
    gauges: { ...gauges, at: isoOrNull(gauges.at) },
    images: { count: totals.images, onDisk: totals.onDisk, sumOfSizes: totals.sumOfSizes },
    reclaimable: totals.canGo,
    reclaimableImages: totals.canGoImages,
    untickedImages: totals.couldGoImages,
    policy: {
      source: totals.policy.source,
      file: totals.policy.file,
      error: totals.policy.error && failureOf(totals.policy.error),
      modeLowered: totals.policy.modeLowered,
    },
    triggers: {
      mode: triggers.mode,
      next: triggers.next && { ...triggers.next, at: iso(triggers.next.at) },
      waiting: triggers.waiting && { ...triggers.waiting, since: iso(triggers.waiting.since) },
    },
    question: run.question && { ...run.question, at: iso(run.question.at) },
    running: run.current !== null,
    lastRun: run.last && cleanOf(run.last),
    pausedUntil: isoOrNull(settings.pausedUntil),
    home: settings.home,
    movedAside: settings.movedAside,
  };
}
