import type { CleanRun } from '../../contract/runs.js';
import type { Begun, Intent, JournalRecord, Outcome } from './records.js';

/** A run that is not closed: Careen or its engine ended in the middle. */
export interface OpenRun {
  begun: Begun;
  /** Whether its end is in the log; then only its open intents are. */
  ended: boolean;
  /** Intents without an outcome: at most one, the item under way. */
  intents: Intent[];
  /** Items that nothing was begun for. */
  untried: { id: string; refs: string[] }[];
}

interface Folding {
  begun: Begun;
  intents: Map<string, Intent>;
  outcomes: Map<string, Outcome['result']>;
  ended: Extract<JournalRecord, { t: 'ended' }> | null;
}

function fold(records: readonly JournalRecord[]): Folding[] {
  const runs = new Map<string, Folding>();
  for (const record of records) {
    if (record.t === 'begun') {
      runs.set(record.runId, {
        begun: record,
        intents: new Map(),
        outcomes: new Map(),
        ended: null,
      });
      continue;
    }
    // A run whose beginning was rotated away is no longer told of.
    const run = runs.get(record.runId);
    if (!run) continue;
    if (record.t === 'intent') run.intents.set(record.id, record);
    else if (record.t === 'outcome') run.outcomes.set(record.id, record.result);
    else run.ended = record;
  }
  return [...runs.values()];
}

/** The log told as runs, newest first. */
export function historyOf(records: readonly JournalRecord[]): CleanRun[] {
  return fold(records).map(toRun).reverse();
}

function toRun({ begun, outcomes, ended }: Folding): CleanRun {
  const run: CleanRun = {
    runId: begun.runId,
    kind: begun.kind,
    planId: begun.planId,
    by: begun.by,
    engine: begun.engine,
    startedAt: begun.at,
    endedAt: ended?.at ?? null,
    outcome: ended?.outcome ?? null,
    removed: [],
    skipped: [],
    failed: [],
    estimated: begun.estimated,
    measured: ended?.measured ?? null,
  };
  for (const item of begun.items) {
    const { kind, id, refs } = item;
    const result = outcomes.get(id);
    if (result?.state === 'removed') run.removed.push(item);
    else if (result?.state === 'skipped') run.skipped.push({ kind, id, refs, reason: result.skip });
    else if (result?.state === 'failed') run.failed.push({ kind, id, refs, error: result.error });
  }
  return run;
}

/** Runs without an end, or with an intent without an outcome, oldest first: recovery's work. */
export function openRuns(records: readonly JournalRecord[]): OpenRun[] {
  return fold(records)
    .map(({ begun, intents, outcomes, ended }) => ({
      begun,
      ended: ended !== null,
      intents: [...intents.values()].filter((i) => !outcomes.has(i.id)),
      untried: begun.items
        .filter((i) => !outcomes.has(i.id) && !intents.has(i.id))
        .map(({ id, refs }) => ({ id, refs })),
    }))
    .filter((run) => !run.ended || run.intents.length > 0);
}
