import type { Result } from '../contract/commands.js';
import type { CleanRun } from '../contract/runs.js';
import type { Inventory } from '../domain/facts.js';
import type { Plan, PlanItem } from '../domain/plan/types.js';
import type { JudgedImage } from '../domain/verdict/types.js';
import type { Messages } from '../messages/index.js';
import { table } from './printable.js';

/** An image as a person knows it: its names, else its short ID, said to be untagged. */
export function nameOf(m: Messages, image: { id: string; refs: readonly string[] }): string {
  return image.refs.length > 0 ? image.refs.join(', ') : m.cli.untagged(m.shortId(image.id));
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
    m.shortId(item.id),
    nameOf(m, item),
    m.reasonShort(item.reason, context),
    m.recoverable(item.recoverable),
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

export function historyLines(m: Messages, runs: readonly CleanRun[], now: number): string[] {
  if (runs.length === 0) return [m.cli.history.empty];
  const { when, outcome, removed, freed, run: id } = m.cli.heading;
  const rows = runs.map((run) => [
    m.format.when(run.startedAt, now),
    m.cli.outcome[run.outcome ?? 'running'],
    m.cli.images(run.removed.length),
    run.measured === null ? m.format.reclaimable(run.estimated) : m.format.bytes(run.measured),
    run.runId,
  ]);
  return table(
    [[when, outcome, removed, freed, id], ...rows],
    ['left', 'left', 'right', 'right', 'left'],
  );
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
