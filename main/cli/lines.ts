import type { Result } from '../contract/commands.js';
import type { CleanRun, HistoryRun } from '../contract/runs.js';
import type { Inventory } from '../domain/facts.js';
import type { ItemKind, Plan, PlanItem } from '../domain/plan/types.js';
import type { JudgedImage } from '../domain/verdict/types.js';
import { thingsOf, type Messages } from '../messages/index.js';
import { table } from './printable.js';

/**
 * A thing as a person knows it: its names, else an image's short ID, said to be untagged; what is no
 * image says what it is.
 */
export function nameOf(
  m: Messages,
  thing: { id: string; refs: readonly string[]; kind?: ItemKind },
): string {
  const { kind = 'image', refs, id } = thing;
  if (kind === 'buildCache') return m.cli.kind.buildCache;
  if (kind !== 'image') return `${m.cli.kind[kind]} ${refs[0] ?? id}`;
  return refs.length > 0 ? refs.join(', ') : m.cli.untagged(m.shortId(id));
}

/** The first name of each image, else its short ID, for sentences that mention another image. */
export function naming(
  m: Messages,
  images: readonly { id: string; refs: readonly string[] }[],
): (id: string) => string {
  const names = new Map(images.map(({ id, refs }) => [id, refs[0]]));
  return (id) => names.get(id) ?? m.shortId(id);
}

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

function itemTable(m: Messages, plan: Plan, items: readonly PlanItem[]): string[] {
  const context = { now: plan.takenAt, name: naming(m, plan.items) };
  const rows = items.map((item) => [
    m.format.reclaimable(item.reclaimable),
    item.kind === 'volume' || item.kind === 'buildCache' ? '' : m.shortId(item.id),
    nameOf(m, item),
    item.belongsTo === null
      ? m.reasonShort(item.reason, context)
      : m.cli.plan.belongsTo(item.belongsTo),
    item.kind === 'image' || item.kind === 'volume' ? m.recoverable(item.recoverable) : '',
  ]);
  return indented(table(rows, ['right', 'left', 'left', 'left', 'left']));
}

/**
 * A plan grouped by what has to be ticked; `chosen` are the items that would go.
 *
 * @param last the line that says how to go on; null for none
 */
export function planLines(
  m: Messages,
  plan: Plan,
  chosen: readonly PlanItem[],
  last: string | null,
): string[] {
  const words = m.cli.plan;
  const rest = plan.items.filter((item) => !chosen.includes(item));
  const heading = (group: PlanItem['group']) =>
    group === null ? words.unticked : words.needsTick[group];
  const parts = [
    ...(chosen.length > 0 ? [[words.goes, ...itemTable(m, plan, chosen)]] : []),
    ...([null, 'unrecoverable', 'estimates'] as const).flatMap((group) => {
      const items = rest.filter((item) => item.group === group);
      return items.length > 0 ? [[heading(group), ...itemTable(m, plan, items)]] : [];
    }),
  ].flatMap((part) => [...part, '']);
  return [
    ...parts,
    ...(plan.kept.length > 0 ? [words.kept(plan.kept)] : []),
    ...(plan.free === null ? [] : [words.free(plan.free)]),
    ...(chosen.length === 0 ? [words.nothing] : []),
    ...(last === null ? [] : [last]),
  ];
}

export function judgedLines(m: Messages, judged: readonly JudgedImage[], now: number): string[] {
  const { verdict, size, id, image: name, why } = m.cli.heading;
  const context = { now, name: naming(m, judged) };
  const rows = judged.map((image) => [
    m.verdict({
      verdict: image.verdict,
      decidedBy: image.decidedBy.kind,
      code: image.decidedBy.code,
    }),
    m.format.bytes(image.facts.size),
    m.shortId(image.id),
    nameOf(m, image),
    m.reason(image.decidedBy, context),
  ]);
  return table(
    [[verdict, size, id, name, why], ...rows],
    ['left', 'right', 'left', 'left', 'left'],
  );
}

export function inventoryLines(m: Messages, inventory: Inventory): string[] {
  const { size, id, image: name, created, used, usedBy } = m.cli.heading;
  const when = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? m.cli.never : m.format.when(ms, inventory.takenAt);
  const rows = inventory.images.map((image) => [
    m.format.bytes(image.size),
    m.shortId(image.id),
    nameOf(m, image),
    when(image.created),
    when(image.used?.at),
    image.usedBy === null ? m.cli.never : m.list(image.usedBy.map((use) => use.name)),
  ]);
  return [
    m.cli.engine(inventory.engine),
    '',
    ...table(
      [[size, id, name, created, used, usedBy], ...rows],
      ['right', 'left', 'left', 'left', 'left', 'left'],
    ),
  ];
}

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
    m.cli.by[run.by],
    m.cli.outcome[run.outcome ?? 'running'],
    m.things(thingsOf(run.kind === 'clean' ? run.removed : run.restored)),
    freedBy(m, run),
    run.runId,
  ]);
  return table(
    [[when, kind, by, outcome, removed, freed, id], ...rows],
    ['left', 'left', 'left', 'left', 'left', 'right', 'left'],
  );
}

function freedBy(m: Messages, run: HistoryRun): string {
  if (run.kind === 'undo') return '';
  return run.measured === null ? m.format.reclaimable(run.estimated) : m.format.bytes(run.measured);
}

/** One run with everything that it did, and why. */
export function runLines(m: Messages, run: HistoryRun, now: number): string[] {
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

/** What takes the engine's disk, as an account that adds up. */
export function spaceLines(m: Messages, space: Result<'space'>): string[] {
  const words = m.cli.space;
  const rows = space.parts.map(({ kind, bytes, count }) => [
    words[kind],
    count === null ? '' : m.format.count(count),
    m.format.bytes(bytes),
  ]);
  return [
    ...table(rows, ['left', 'right', 'right']),
    '',
    words.explained(space.explained, space.used),
    ...(space.complete ? [] : [words.incomplete]),
  ];
}

export function statusLines(m: Messages, status: Result<'status'>, now: number): string[] {
  const { engine, gauges, totals, run, settings } = status;
  const words = m.cli.status;
  const rows: string[][] = [
    [words.engine, engine.facts ? m.cli.engine(engine.facts) : m.cli.noEngine],
    ...(engine.chosen ? [[words.found, m.lookedAt(engine.chosen)]] : []),
    [words.engineDisk, m.cli.gauge(gauges.engine)],
    ...(gauges.same ? [] : [[words.hostDisk, m.cli.gauge(gauges.host)]]),
    [words.images, m.cli.onDisk(totals.images, totals.onDisk)],
    [
      words.policy,
      totals.policy.source === 'default'
        ? m.cli.policyDefault(totals.policy.file)
        : totals.policy.file,
    ],
    [
      words.lastRun,
      run.last
        ? `${m.format.when(run.last.startedAt, now)}: ${m.notification.cleaned(run.last).title}`
        : m.cli.none,
    ],
    ...(settings.pausedUntil === null
      ? []
      : [[words.paused, m.cli.pausedUntil(m.format.when(settings.pausedUntil, now))]]),
    [words.home, settings.home],
  ];
  return [
    ...(engine.facts
      ? [
          m.cli.canGo(totals.canGo, totals.canGoImages),
          ...(totals.couldGoImages > 0 ? [m.cli.couldGo(totals.couldGoImages)] : []),
          '',
        ]
      : []),
    ...table(rows, ['left', 'left']),
    ...[engine.error, totals.policy.error].flatMap((e) =>
      e ? ['', ...m.error(e).split('\n')] : [],
    ),
    ...(engine.contextMoved === null ? [] : ['', m.cli.contextMoved(engine.contextMoved)]),
    ...(run.current ? ['', m.cli.running] : []),
    ...settings.movedAside.map(({ file, to }) => m.cli.movedAside(file, to)),
  ];
}
