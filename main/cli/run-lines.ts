import type { Result } from '../contract/commands.js';
import type { CleanRun, HistoryRun } from '../contract/runs.js';
import { thingsOf, type Messages } from '../messages/index.js';
import { indented, nameOf } from './lines.js';
import { table } from './printable.js';
import { updateRunLines } from './update-lines.js';

/** What a clean-up came to. */
export function cleanLines(m: Messages, run: CleanRun): string[] {
  const { title, body } = m.notification.cleaned(run);
  const context = { now: run.endedAt ?? run.startedAt };
  const section = (heading: string, rows: string[][]) =>
    rows.length > 0 ? ['', heading, ...indented(table(rows, ['left', 'left']))] : [];
  return [
    `${title}. ${body}`,
    ...section(
      m.cli.skippedHead,
      run.skipped.map((item) => [nameOf(m, item), m.skip(item.reason, context)]),
    ),
    ...section(
      m.cli.failedHead,
      run.failed.map((item) => [nameOf(m, item), m.error(item.error)]),
    ),
  ];
}

export function historyLines(
  m: Messages,
  runs: readonly HistoryRun[],
  now: number,
  filtered: boolean,
): string[] {
  if (runs.length === 0) return [filtered ? m.cli.history.none : m.cli.history.empty];
  const { when, kind, by, outcome, removed, freed, run: id } = m.cli.heading;
  const rows = runs.map((run) => [
    m.format.when(run.startedAt, now),
    m.cli.history.kind[run.kind],
    askedBy(m, run),
    m.cli.outcome[run.outcome ?? 'running'],
    itemsOf(m, run),
    freedBy(m, run),
    run.runId,
  ]);
  return table(
    [[when, kind, by, outcome, removed, freed, id], ...rows],
    ['left', 'left', 'left', 'left', 'left', 'right', 'left'],
  );
}

/** Who asked for it, and the trigger whose question they answered. */
function askedBy(m: Messages, run: HistoryRun): string {
  const answered = run.kind === 'clean' && run.answers ? [m.cli.by[run.answers]] : [];
  return [m.cli.by[run.by], ...answered].join(' · ');
}

/** What a run changed, in one cell: how many things, or which containers. */
function itemsOf(m: Messages, run: HistoryRun): string {
  if ('containers' in run) return m.list(run.containers.map(({ container }) => container));
  return m.things(thingsOf(run.kind === 'clean' ? run.removed : run.restored));
}

function freedBy(m: Messages, run: HistoryRun): string {
  if (run.kind !== 'clean') return '';
  return run.measured === null ? m.format.reclaimable(run.estimated) : m.format.bytes(run.measured);
}

/** One run with everything that it did, and why. */
export function runLines(m: Messages, run: HistoryRun, now: number): string[] {
  if ('containers' in run)
    return [...historyLines(m, [run], now, true), '', ...updateRunLines(m, run)];
  const context = { now: run.endedAt ?? run.startedAt };
  const section = (heading: string, rows: string[][]) =>
    rows.length > 0 ? ['', heading, ...indented(table(rows, ['left', 'left', 'left']))] : [];
  const done =
    run.kind === 'clean'
      ? run.removed.map((item) => [
          nameOf(m, item),
          item.reason === null ? item.rule : m.reason(item.reason, context),
          item.kind === 'image' ? (item.pull[0] ?? m.recoverable('no')) : m.recoverable('no'),
        ])
      : run.restored.map((item) => [nameOf(m, item), item.pulled, '']);
  return [
    ...historyLines(m, [run], now, true),
    ...section(run.kind === 'clean' ? m.cli.removedHead : m.cli.undo.restoredHead, done),
    ...section(
      m.cli.skippedHead,
      run.skipped.map((item) => [nameOf(m, item), m.skip(item.reason, context), '']),
    ),
    ...section(
      m.cli.failedHead,
      run.failed.map((item) => [nameOf(m, item), m.error(item.error), '']),
    ),
  ];
}

/** What undoing a run would bring back, and what it cannot. */
export function undoLines(m: Messages, items: Result<'undo.preview'>['items']): string[] {
  const part = (heading: string, some: Result<'undo.preview'>['items']) =>
    some.length === 0
      ? []
      : [
          heading,
          ...indented(
            table(
              some.map((i) => [nameOf(m, i), i.pull ?? '']),
              ['left', 'left'],
            ),
          ),
        ];
  return [
    ...part(
      m.cli.undo.back,
      items.filter((i) => i.pull !== null),
    ),
    ...part(
      m.cli.undo.lost,
      items.filter((i) => i.pull === null),
    ),
  ];
}
