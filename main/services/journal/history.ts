import type { CleanRun, HistoryRun, UndoRun } from '../../contract/runs.js';
import type {
  Begun,
  BegunClean,
  BegunUndo,
  Ended,
  Intent,
  JournalRecord,
  Outcome,
} from './records.js';
import {
  isUpdate,
  type OpenUpdate,
  openUpdateOf,
  tellUpdate,
  type ToldContainer,
  updateOf,
  updateRecordsOf,
} from './update-history.js';

/** A run that is not closed: Careen or its engine ended in the middle. */
export type OpenRun = OpenItems | OpenUpdate;

/** One that is made of images and other items. */
export interface OpenItems {
  begun: BegunClean | BegunUndo;
  /** Whether its end is in the log; then only its open intents are. */
  ended: boolean;
  /** Intents without an outcome: the items under way, one or a few at once. */
  intents: Intent[];
  /** Items that nothing was begun for. */
  untried: { id: string; refs: string[] }[];
}

/** Everything that the log tells of one run. */
export interface Told {
  begun: Begun;
  intents: Map<string, Intent>;
  outcomes: Map<string, Outcome>;
  /** Of a run of updates: each container, by its name. */
  containers: Map<string, ToldContainer>;
  ended: Ended | null;
}

/** A run of which only the beginning is known. */
export function toldOf(begun: Begun): Told {
  return { begun, intents: new Map(), outcomes: new Map(), containers: new Map(), ended: null };
}

/** Takes in what the log tells further of a run. */
export function tell(told: Told, record: Exclude<JournalRecord, Begun>): void {
  if (record.t === 'intent') told.intents.set(record.id, record);
  else if (record.t === 'outcome') told.outcomes.set(record.id, record);
  else if (record.t === 'ended') told.ended = record;
  else tellUpdate(told.containers, record);
}

/** The records that tell the same run again. */
export function recordsOf({ begun, intents, outcomes, containers, ended }: Told): JournalRecord[] {
  return [
    begun,
    ...intents.values(),
    ...outcomes.values(),
    ...updateRecordsOf(begun.runId, containers),
    ...(ended ? [ended] : []),
  ];
}

/** One run as its entry in the history. */
export function runOf(told: Told): HistoryRun {
  const { begun } = told;
  if (isUpdate(begun)) return updateOf(begun, told.containers, told.ended);
  return begun.kind === 'clean' ? cleanOf(begun, told) : undoOf(begun, told);
}

function baseOf({ runId, by, engine, at }: Begun, { ended }: Told) {
  return {
    runId,
    by,
    engine,
    startedAt: at,
    endedAt: ended?.at ?? null,
    outcome: ended?.outcome ?? null,
  };
}

function cleanOf(begun: BegunClean, told: Told): CleanRun {
  const run: CleanRun = {
    ...baseOf(begun, told),
    kind: 'clean',
    planId: begun.planId,
    removed: [],
    skipped: [],
    failed: [],
    estimated: begun.estimated,
    measured: told.ended?.measured ?? null,
    ...(begun.unhealthy ? { unhealthy: begun.unhealthy } : {}),
    ...(begun.answers ? { answers: begun.answers } : {}),
  };
  for (const item of begun.items) {
    const result = told.outcomes.get(item.id)?.result;
    if (result?.state === 'removed')
      run.removed.push(result.freed == null ? item : { ...item, freed: result.freed });
    else leftAlone(run, item, result);
  }
  return run;
}

function undoOf(begun: BegunUndo, told: Told): UndoRun {
  const run: UndoRun = {
    ...baseOf(begun, told),
    kind: 'undo',
    of: begun.of,
    restored: [],
    skipped: [],
    failed: [],
  };
  for (const item of begun.items) {
    const result = told.outcomes.get(item.id)?.result;
    if (result?.state === 'restored') {
      const { refs, pulled } = result;
      run.restored.push({ kind: item.kind, id: item.id, refs, pulled });
    } else leftAlone(run, item, result);
  }
  return run;
}

function leftAlone(
  run: Pick<CleanRun | UndoRun, 'skipped' | 'failed'>,
  { kind, id, refs }: (BegunClean | BegunUndo)['items'][number],
  result: Outcome['result'] | undefined,
): void {
  if (result?.state === 'skipped') run.skipped.push({ kind, id, refs, reason: result.skip });
  else if (result?.state === 'failed') run.failed.push({ kind, id, refs, error: result.error });
}

/** What of a run is still open; null where it is closed: recovery's work. */
export function openPartOf(told: Told): OpenRun | null {
  const { begun, intents, outcomes, containers, ended } = told;
  if (isUpdate(begun)) return openUpdateOf(begun, containers, ended);
  const open: OpenItems = {
    begun,
    ended: ended !== null,
    intents: [...intents.values()].filter((i) => !outcomes.has(i.id)),
    untried: begun.items
      .filter((i) => !outcomes.has(i.id) && !intents.has(i.id))
      .map(({ id, refs }) => ({ id, refs })),
  };
  return open.ended && open.intents.length === 0 ? null : open;
}
