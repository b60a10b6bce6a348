import { stringify } from 'csv-stringify/sync';
import type { CleanRun, HistoryRun, UndoRun } from '../../contract/runs.js';
import type { UpdatedContainer, UpdateResult } from '../../contract/update-steps.js';
import type { Millis } from '../../domain/facts.js';
import type { Version } from '../../domain/update/types.js';
import { messages } from '../../messages/index.js';

const en = messages('en');

const iso = (at: Millis | null) => (at === null ? null : new Date(at).toISOString());

/** One item of one run, as a spreadsheet or a script wants it; `text` is English. */
interface ItemRow {
  kind: string;
  id: string;
  refs: string[];
  result: 'removed' | 'restored' | 'skipped' | 'failed' | UpdateResult['state'] | '';
  /** The kind of reason, or the code of the skip or failure. */
  code: string;
  /** The versions that a container went between, by digest, else by tag; of an image nothing. */
  from: string;
  to: string;
  rule: string;
  text: string;
  /** Bytes; null where nothing was to be freed by it. */
  reclaimableMin: number | null;
  reclaimableMax: number | null;
  recoverable: string;
  /** What it can be, or was, pulled by. */
  pull: string[];
}

/** The runs with their items, times in ISO 8601 UTC, bytes as integers: text of one JSON document. */
export function historyAsJson(runs: readonly HistoryRun[]): string {
  const told = runs.map((run) => ({ ...headOf(run), items: itemsOf(run) }));
  return `${JSON.stringify({ runs: told }, null, 2)}\n`;
}

/**
 * One line an item, with its run's own values in front (RFC 4180). Names and labels are other
 * people's text: a cell that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function historyAsCsv(runs: readonly HistoryRun[]): string {
  const lines = runs.flatMap((run) => {
    const { kind: run_, ...head } = headOf(run);
    return itemsOf(run).map(({ refs, pull, ...item }) => ({
      ...head,
      run: run_,
      ...item,
      refs: refs.join(' '),
      pull: pull.join(' '),
    }));
  });
  return stringify(lines, {
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

const columns = [
  'runId',
  'run',
  'of',
  'by',
  'engine',
  'startedAt',
  'endedAt',
  'outcome',
  'kind',
  'id',
  'refs',
  'result',
  'code',
  'from',
  'to',
  'rule',
  'text',
  'reclaimableMin',
  'reclaimableMax',
  'recoverable',
  'pull',
];

function headOf(run: HistoryRun) {
  const { runId, kind, by, engine, startedAt, endedAt, outcome } = run;
  return {
    runId,
    kind,
    /** The plan that was run, or the run that was undone. */
    of: kind === 'clean' ? run.planId : kind === 'undo' ? run.of : '',
    by,
    engine,
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    outcome,
    ...(kind === 'clean' ? { measured: run.measured } : {}),
  };
}

const left = {
  from: '',
  to: '',
  rule: '',
  reclaimableMin: null,
  reclaimableMax: null,
  recoverable: '',
  pull: [],
};

function itemsOf(run: HistoryRun): ItemRow[] {
  return 'containers' in run
    ? run.containers.map((one) => containerRow(one, nowOf(run)))
    : imageRows(run);
}

const nowOf = ({ endedAt, startedAt }: HistoryRun) => endedAt ?? startedAt;

const nameOf = ({ digest, tag }: Version) => digest ?? tag ?? '';

function containerRow(updated: UpdatedContainer, now: Millis): ItemRow {
  const { container, reference, from, to, result } = updated;
  return {
    ...left,
    kind: 'container',
    id: container,
    refs: [reference],
    result: result?.state ?? '',
    code: codeOf(result),
    from: nameOf(from),
    to: nameOf(to),
    text: result === null ? '' : en.update.result(updated, now),
  };
}

function codeOf(result: UpdateResult | null): string {
  if (result?.state === 'rolled-back' || result?.state === 'skipped') return result.why.code;
  return result?.state === 'failed' ? result.error.code : '';
}

function imageRows(run: CleanRun | UndoRun): ItemRow[] {
  const context = { now: nowOf(run) };
  const changed: ItemRow[] =
    run.kind === 'clean'
      ? run.removed.map(({ kind, id, refs, reclaimable, reason, rule, recoverable, pull }) => ({
          ...left,
          kind,
          id,
          refs,
          result: 'removed',
          code: reason?.code ?? '',
          rule,
          text: reason ? en.reason(reason, context) : '',
          reclaimableMin: reclaimable.min,
          reclaimableMax: reclaimable.max,
          recoverable: recoverable.state,
          pull,
        }))
      : run.restored.map(({ kind, id, refs, pulled }) => ({
          ...left,
          kind,
          id,
          refs,
          result: 'restored',
          code: '',
          text: '',
          pull: [pulled],
        }));
  return [
    ...changed,
    ...run.skipped.map(({ kind, id, refs, reason }): ItemRow => {
      return {
        ...left,
        kind,
        id,
        refs,
        result: 'skipped',
        code: reason.code,
        text: en.skip(reason, context),
      };
    }),
    ...run.failed.map(({ kind, id, refs, error }): ItemRow => {
      return { ...left, kind, id, refs, result: 'failed', code: error.code, text: en.error(error) };
    }),
  ];
}
