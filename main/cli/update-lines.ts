import type { UpdateRun } from '../contract/runs.js';
import type { AskedOfAll } from '../contract/beforehand.js';
import { isForAll, isPending, type leftByAll } from '../contract/pending.js';
import type { UpdateRow, UpdatesSlice } from '../contract/updates.js';
import { type UpdatePreview } from '../contract/update-preview.js';
import { type StepKind, type UpdatedContainer } from '../contract/update-steps.js';
import type { Change } from '../domain/recreate/types.js';
import { beforehandText } from '../messages/beforehand.js';
import type { Messages } from '../messages/index.js';
import { indented } from './lines.js';
import { table } from './printable.js';
import { masked } from './update-documents.js';

/** What a check found, and how to go on. */
export function checkLines(
  m: Messages,
  slice: UpdatesSlice,
  rows: readonly UpdateRow[],
  now: number,
): string[] {
  const words = m.cli.updates;
  const pending = rows.filter(isPending);
  const [first] = pending;
  const forAll = pending.filter(isForAll).length;
  const failed = rows.filter(({ error }) => error !== null).length;
  return [
    ...rowLines(m, rows, now),
    '',
    ...(first === undefined
      ? [failed === 0 ? m.window.updates.nothing : m.window.updates.nothingKnown(failed)]
      : [
          words.pending(pending.length),
          words.look(first.container),
          ...(forAll > 0 ? [words.forAll(forAll)] : []),
        ]),
    ...slice.limits.flatMap(({ registry, until, remaining, limit }) =>
      until === null
        ? []
        : [m.window.updates.limited(registry, m.format.clock(until, now), remaining, limit)],
    ),
    ...(slice.swarm === 'silent' ? [m.update.noManager] : []),
    ...(slice.nextAt === null ? [] : [words.nextCheck(m.format.when(slice.nextAt, now))]),
  ];
}

/** Containers with what they run, what is new, and how they stand, one a line. */
export function rowLines(m: Messages, rows: readonly UpdateRow[], now: number): string[] {
  const words = m.cli.updates;
  if (rows.length === 0) return [words.none];
  const { container, image, version, mode, state } = words.heading;
  const lines = rows.map((row) => [
    row.container,
    row.reference,
    row.verdict.state === 'available'
      ? m.update.fromTo({ from: row.now, to: row.verdict.to })
      : m.update.versionName(row.now),
    m.update.mode[row.mode],
    stateOf(m, row, now),
  ]);
  return table(
    [[container, image, version, mode, state], ...lines],
    ['left', 'left', 'left', 'left', 'left'],
  );
}

/** What "all" takes with what is told of each, and what it leaves with why. */
export function allLines(
  m: Messages,
  { each, taken, majors }: AskedOfAll,
  left: ReturnType<typeof leftByAll>,
  now: number,
): string[] {
  return [
    ...rowLines(
      m,
      each.map(({ row, to }) =>
        row.verdict.state === 'available' && to !== null
          ? { ...row, verdict: { ...row.verdict, to } }
          : row,
      ),
      now,
    ),
    ...each.flatMap(({ row, notes }) => {
      // What holds it is in the table already.
      const said = notes.filter(({ code }) => code !== 'held' || row.heldBack === null);
      const text = said.map((note) => beforehandText(m, note, now));
      return text.length === 0
        ? []
        : [m.window.updates.of(row.container, m.window.common.sentences(text))];
    }),
    ...(majors.length > 0 ? [m.update.majors(majors)] : []),
    ...(taken.length === 0 ? [] : leftLines(m, left)),
  ];
}

/** Updates that "all" leaves, each with why. */
export function leftLines(m: Messages, left: ReturnType<typeof leftByAll>): string[] {
  const { askAll } = m.window.updates;
  if (left.length === 0) return [];
  const rows = left.map(({ row, why }) => [row.container, askAll.why(why, row.owner.tool)]);
  return [askAll.left(left.length), ...indented(table(rows, ['left', 'left']))];
}

/** How a container stands: what keeps it from being updated before what is new. */
function stateOf(m: Messages, row: UpdateRow, now: number): string {
  const { owner, reason, heldBack, error, verdict, unproven } = row;
  const isOwners = reason.by === 'owner' && (row.mode === 'tell' || row.mode === 'ignore');
  const sentences = [
    ...(isOwners ? [m.update.owner(owner)] : []),
    ...(error === null ? [] : [m.error(error)]),
    ...(isOwners && verdict.state === 'not-checked' ? [] : [m.update.verdict(verdict)]),
    ...(heldBack === null ? [] : [m.update.heldBack(heldBack, now)]),
    ...(unproven === null ? [] : [m.cli.updates.unproven(m.format.when(unproven.since, now))]),
    ...(isOwners && owner.command !== null ? [m.cli.updates.preview.ownersWay(owner.command)] : []),
  ];
  return m.window.common.sentences(sentences);
}

/** What an update would change, its steps, and what going back could not undo. */
export function previewLines(
  m: Messages,
  preview: UpdatePreview,
  steps: readonly StepKind[],
  now: number,
): string[] {
  const words = m.cli.updates.preview;
  const { container, reference, refused, heldBack, changes, keepsData, link, service } = preview;
  const head = words.head(container, reference, m.update.fromTo(preview));
  if (refused) {
    const command = refused.code === 'owned' ? refused.owner.command : null;
    return [
      head,
      words.refused(m.update.refusal(refused)),
      ...(service === null ? [] : m.update.service(service)),
      ...(command === null ? [] : [words.ownersWay(command)]),
    ];
  }
  const from = m.update.versionName(preview.from);
  const stays = keepsData.length > 0 ? [m.update.dataStays(keepsData.map(({ name }) => name))] : [];
  const planned = [
    words.steps,
    ...indented(steps.map((s, i) => `${i + 1}. ${m.update.step(s, from)}`)),
  ];
  const held = heldBack === null ? [] : [m.update.heldBack(heldBack, now)];
  if (service !== null)
    return [head, ...held, '', ...planned, '', ...m.update.service(service), ...stays];
  return [
    head,
    ...held,
    '',
    ...(changes === null ? [m.window.updates.unread] : diffLines(m, changes)),
    '',
    ...planned,
    '',
    ...notesOf(m, preview),
    ...stays,
    m.update.pulls(preview),
    ...(link === null ? [] : [words.link(link)]),
  ];
}

/** What else a person should know before a container is made anew. */
function notesOf(m: Messages, preview: UpdatePreview): string[] {
  const words = m.cli.updates.preview;
  const window = m.window.updates;
  const { writable, anonymous, dependants, hooks, copy, composeRecreates } = preview;
  return [
    ...(writable === null
      ? [words.writableUnknown]
      : writable.paths.length > 0
        ? [window.writable.lost(writable.paths)]
        : []),
    ...(anonymous.length > 0 ? [window.anonymous(anonymous.map(({ at }) => at))] : []),
    ...(['recreate', 'restart', 'none'] as const).flatMap((act) => {
      const names = dependants.filter((one) => one.act === act).map((one) => one.container);
      return names.length > 0 ? [window.dependants[act](names)] : [];
    }),
    ...hooks.map(({ when, command }) => words.hook(when, command)),
    ...(copy === null ? [] : [words.copy(copy.volumes, copy.bytes)]),
    ...(composeRecreates ? [window.composeRecreates] : []),
  ];
}

const kinds = ['inherited', 'dropped', 'kept'] as const;

function diffLines(m: Messages, changes: readonly Change[]): string[] {
  const groups = kinds.flatMap((kind) => {
    const lines = changes.filter((change) => change.kind === kind);
    if (lines.length === 0) return [];
    const rows = lines.map(({ area, name, before, after, secret }) => {
      const value = (text: string | null) => (text === null ? '' : secret ? masked : text);
      const values =
        kind === 'kept' || before === null || after === null
          ? value(after ?? before)
          : `${value(before)} → ${value(after)}`;
      return [signOf({ kind, before, after }), area, name ?? '', values];
    });
    return [m.update.changeKind[kind], ...indented(table(rows, ['left', 'left', 'left', 'left']))];
  });
  return groups.length > 0 ? groups : [m.window.updates.diff.none];
}

function signOf({ kind, before, after }: Pick<Change, 'kind' | 'before' | 'after'>): string {
  if (kind === 'kept') return '=';
  if (kind === 'dropped' || after === null) return '-';
  return before === null ? '+' : '~';
}

/** What became of each container of a run, the last lines of those that failed included. */
export function updateRunLines(
  m: Messages,
  run: Pick<UpdateRun, 'containers' | 'endedAt' | 'startedAt'>,
): string[] {
  const now = run.endedAt ?? run.startedAt;
  return [
    `${m.update.summary(run.containers)}.`,
    ...run.containers.flatMap((one) => containerLines(m, one, now)),
  ];
}

/** What became of one container. */
export function containerLines(m: Messages, updated: UpdatedContainer, now: number): string[] {
  const { container, result, downFor, data, recovered } = updated;
  const log = result?.state === 'rolled-back' ? result.log : [];
  const wrote = result?.state === 'rolled-back' || result?.state === 'restored';
  const sentences = [
    m.update.result(updated, now),
    ...(downFor === null ? [] : [m.cli.updates.down(m.update.downFor(downFor))]),
    ...(wrote && data.length > 0 ? [m.update.dataStays(data)] : []),
    ...(recovered === null ? [] : [m.update.recovered[recovered]]),
  ];
  return [
    m.window.updates.of(container, m.window.common.sentences(sentences)),
    ...(log.length > 0 ? [m.cli.updates.logTail, ...indented(log)] : []),
  ];
}
