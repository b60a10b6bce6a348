import type { ImageRow } from '../../../main/contract/slices.js';
import type { Reclaimable } from '../../../main/domain/verdict/types.js';
import type { VerdictOf } from '../../../main/messages/index.js';
import { sumOf } from '../common/bytes.js';
import { nameParts } from '../common/names.js';

/**
 * What a row is counted as: the chips over the table, and the look of its badge. What `could` go waits
 * for a person's tick: the one button takes it not.
 */
export type Standing = 'go' | 'could' | 'keep' | 'inUse' | 'protected' | 'unknown';
export type Chip = 'all' | Standing;
export type SortKey = 'name' | 'size' | 'unique' | 'created' | 'used' | 'usedBy' | 'verdict';

/** What images stand under together. */
export type Grouping = 'none' | 'repository' | 'project';

export interface TableView {
  text: string;
  chip: Chip;
  by: Grouping;
  key: SortKey;
  /** Largest, newest or last in the alphabet first. */
  down: boolean;
  /** Keys of groups that are closed. */
  closed: ReadonlySet<string>;
}

export interface GroupEntry {
  kind: 'group';
  key: string;
  /** A repository or a project; null for images without one. */
  name: string | null;
  /** Its images that match, those of a closed group too. */
  ids: readonly string[];
  open: boolean;
  unique: Reclaimable;
  go: number;
  could: number;
  protected: number;
}
export interface ImageEntry {
  kind: 'image';
  id: string;
  /** The key of its group; null where there are none. */
  group: string | null;
}
export type Entry = GroupEntry | ImageEntry;

/** The key of the group of images without a name or project. */
const NAMELESS = '';

/** How anything that is judged stands, of whatever kind and on whatever screen. */
export function standingOf(row: VerdictOf): Standing {
  if (row.verdict === 'remove') return row.going ? 'go' : 'could';
  if (row.decidedBy === 'protect') return 'protected';
  if (row.decidedBy === 'hold' && (row.code === 'used' || row.code === 'state')) return 'inUse';
  if (row.decidedBy === 'hold' && row.code === 'fact-unknown') return 'unknown';
  return 'keep';
}

export function countChips(rows: Iterable<ImageRow>): Record<Chip, number> {
  const counts = { all: 0, go: 0, could: 0, keep: 0, inUse: 0, protected: 0, unknown: 0 };
  for (const row of rows) {
    counts.all += 1;
    counts[standingOf(row)] += 1;
  }
  return counts;
}

/** Rows never change in place, so what is searched in a row is made once. */
const haystacks = new WeakMap<ImageRow, string>();

/** What a row is found by, in small letters. */
export function haystack(row: ImageRow): string {
  let text = haystacks.get(row);
  if (text === undefined) {
    text = [...row.refs, row.repository ?? '', row.id, ...row.usedBy, row.project ?? '']
      .join('\n')
      .toLowerCase();
    haystacks.set(row, text);
  }
  return text;
}

/**
 * Makes what rows are searched by while nothing else is to be done, so that the first letter that is
 * typed does not wait for all of them.
 *
 * @returns ends it
 */
export function readyToSearch(rows: Iterable<ImageRow>): () => void {
  const left = rows[Symbol.iterator]();
  let next = requestIdleCallback(some);
  function some(deadline: IdleDeadline): void {
    do {
      const step = left.next();
      if (step.done) return;
      haystack(step.value);
    } while (deadline.timeRemaining() > 1);
    next = requestIdleCallback(some);
  }
  return () => cancelIdleCallback(next);
}

/** Whether a text, in small letters, stands in what a row is found by. */
export const matches = (row: ImageRow, text: string) => haystack(row).includes(text);

const order = ['go', 'could', 'unknown', 'keep', 'protected', 'inUse'] as const;

/** What a row is sorted by; null sorts last whichever way. */
function valueOf(row: ImageRow, key: SortKey): number | string | null {
  switch (key) {
    case 'name':
      return null;
    case 'size':
      return row.size;
    case 'unique':
      return row.unique.min;
    case 'created':
      return row.created;
    case 'used':
      return row.used;
    case 'usedBy':
      return row.usedBy[0] ?? null;
    case 'verdict':
      return order.indexOf(standingOf(row));
  }
}

function compare(a: number | string | null, b: number | string | null, down: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === down ? 1 : -1;
}

interface Line {
  row: ImageRow;
  value: number | string | null;
}
interface Group {
  key: string;
  /** What it is sorted by as a name; null last. */
  name: string | null;
  lines: Line[];
}

/**
 * The lines of the table: groups, each with its images unless it is closed, or images alone. Groups
 * stand by the value of their first image, so that a sort by size leads with the largest image.
 */
export function entriesOf(rows: Iterable<ImageRow>, view: TableView): Entry[] {
  const text = view.text.trim().toLowerCase();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    if (view.chip !== 'all' && standingOf(row) !== view.chip) continue;
    if (text !== '' && !matches(row, text)) continue;
    const name = groupOf(row, view.by);
    const key = name ?? NAMELESS;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, name: sortName(name), lines: [] }));
    group.lines.push({ row, value: valueOf(row, view.key) });
  }
  const byName = view.key === 'name';
  const order = orderOf(view);
  for (const group of groups.values()) group.lines.sort(order);
  if (view.by === 'none')
    return [...groups.values()].flatMap(({ lines }) =>
      lines.map(({ row }): Entry => ({ kind: 'image', id: row.id, group: null })),
    );
  const sorted = [...groups.values()].sort((a, b) =>
    byName
      ? compare(a.name, b.name, view.down)
      : compare(a.lines[0]?.value ?? null, b.lines[0]?.value ?? null, view.down) ||
        compare(a.name, b.name, false),
  );
  return sorted.flatMap((group) => linesOf(group, !view.closed.has(group.key)));
}

/** IDs of all images that match, in their order, those of closed groups too. */
export function matchedOf(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'group') return entry.ids;
    return entry.group === null ? [entry.id] : [];
  });
}

function groupOf(row: ImageRow, by: Grouping): string | null {
  return by === 'none' ? null : row[by];
}

const sortName = (name: string | null) =>
  name === null ? null : nameParts(name).name.toLowerCase();

/** Versions of a repository stand newest first; elsewhere images stand by their names. */
function orderOf({ by, key, down }: TableView): (a: Line, b: Line) => number {
  const next = by === 'repository' ? newestFirst : byItsName(false);
  if (key === 'name') {
    const named = by === 'repository' ? newestFirst : byItsName(by === 'none' && down);
    return (a, b) => named(a.row, b.row);
  }
  return (a, b) => compare(a.value, b.value, down) || next(a.row, b.row);
}

const newestFirst = (a: ImageRow, b: ImageRow) =>
  compare(a.created, b.created, true) || compare(a.refs[0] ?? a.id, b.refs[0] ?? b.id, true);

const byItsName = (down: boolean) => (a: ImageRow, b: ImageRow) =>
  compare(sortName(a.repository), sortName(b.repository), down) || newestFirst(a, b);

function linesOf(group: Group, open: boolean): Entry[] {
  const head: GroupEntry = {
    kind: 'group',
    key: group.key,
    name: group.key === NAMELESS ? null : group.key,
    ids: group.lines.map(({ row }) => row.id),
    open,
    // Of hundreds of groups those in sight are asked.
    get unique() {
      return sumOf(group.lines.map(({ row }) => row.unique));
    },
    go: 0,
    could: 0,
    protected: 0,
  };
  const lines: Entry[] = [head];
  for (const { row } of group.lines) {
    const standing = standingOf(row);
    if (standing === 'go' || standing === 'could' || standing === 'protected') head[standing] += 1;
    if (open) lines.push({ kind: 'image', id: row.id, group: group.key });
  }
  return lines;
}
