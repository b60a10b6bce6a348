import type { Inventory } from '../domain/facts.js';
import { type Apart, apartOf, isSure } from '../domain/plan/lost.js';
import type { ItemKind, Plan, PlanItem, Untick } from '../domain/plan/types.js';
import type { JudgedImage } from '../domain/verdict/types.js';
import type { Messages } from '../messages/index.js';
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

/** Lines set in under a heading. */
export const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

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
  const part = (heading: string, items: readonly PlanItem[]) =>
    items.length > 0 ? [[heading, ...itemTable(m, plan, items)]] : [];
  const apart = (one: Apart) => rest.filter((item) => apartOf(item) === one);
  const parts = [
    ...part(words.goes, chosen),
    ...part(
      words.leftOut,
      rest.filter(({ ticked }) => ticked),
    ),
    ...part(
      words.unticked,
      rest.filter(({ kind }) => kind === 'volume'),
    ),
    ...(['left', 'unrecoverable', 'estimates'] as const).flatMap((one) =>
      part(words.needsTick(one, isSure(apart(one))), apart(one)),
    ),
  ].flatMap((part) => [...part, '']);
  return [
    ...parts,
    ...(plan.kept.length > 0 ? [words.kept(plan.kept)] : []),
    ...(plan.free === null ? [] : [words.free(plan.free)]),
    ...(chosen.length === 0 ? [words.nothing] : []),
    ...(last === null ? [] : [last]),
  ];
}

/**
 * @param going what a plan of these takes as it is ticked, by ID
 * @param waits why it leaves what may go
 */
export function judgedLines(
  m: Messages,
  judged: readonly JudgedImage[],
  going: ReadonlySet<string>,
  waits: ReadonlyMap<string, Untick>,
  now: number,
): string[] {
  const { heading } = m.cli;
  const context = { now, name: naming(m, judged) };
  const why = (image: JudgedImage) => {
    const wait = waits.get(image.id);
    const reason = m.reason(image.decidedBy, { ...context, going: going.has(image.id) });
    return wait ? m.window.common.sentences([reason, m.untick(wait, context.name)]) : reason;
  };
  const rows = judged.map((image) => [
    m.verdict({
      verdict: image.verdict,
      going: going.has(image.id),
      decidedBy: image.decidedBy.kind,
      code: image.decidedBy.code,
    }),
    m.format.bytes(image.facts.size),
    m.shortId(image.id),
    nameOf(m, image),
    why(image),
  ]);
  return table(
    [[heading.verdict, heading.size, heading.id, heading.image, heading.why], ...rows],
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
