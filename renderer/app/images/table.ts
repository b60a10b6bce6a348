import type { ImageRow } from '../../../main/contract/slices.js';
import type { Reclaimable } from '../../../main/domain/verdict/types.js';
import { sumOf } from '../common/bytes.js';
import { nameParts } from '../common/names.js';

/** What a row is counted as: the chips over the table, and the look of its badge. */
export type Standing = 'go' | 'keep' | 'inUse' | 'protected' | 'unknown';
export type Chip = 'all' | Standing;
export type SortKey = 'name' | 'size' | 'unique' | 'created' | 'used' | 'usedBy' | 'verdict';

export interface TableView {
  text: string;
  chip: Chip;
  key: SortKey;
  /** Largest, newest or last in the alphabet first. */
  down: boolean;
  /** Keys of groups that are closed. */
  closed: ReadonlySet<string>;
}

export interface GroupEntry {
  kind: 'group';
  key: string;
  repository: string | null;
  images: number;
  open: boolean;
  unique: Reclaimable;
  go: number;
  protected: number;
}
export type Entry = GroupEntry | { kind: 'image'; id: string; group: string };

const UNTAGGED = '';

export function standingOf(row: Pick<ImageRow, 'verdict' | 'decidedBy' | 'code'>): Standing {
  if (row.verdict === 'remove') return 'go';
  if (row.decidedBy === 'protect') return 'protected';
  if (row.decidedBy === 'hold' && row.code === 'used') return 'inUse';
  if (row.decidedBy === 'hold' && row.code === 'fact-unknown') return 'unknown';
  return 'keep';
}

export function countChips(rows: Iterable<ImageRow>): Record<Chip, number> {
  const counts = { all: 0, go: 0, keep: 0, inUse: 0, protected: 0, unknown: 0 };
  for (const row of rows) {
    counts.all += 1;
    counts[standingOf(row)] += 1;
  }
  return counts;
}

/** Rows never change in place, so what is searched in a row is made once. */
const haystacks = new WeakMap<ImageRow, string>();
function haystack(row: ImageRow): string {
  let text = haystacks.get(row);
  if (text === undefined) {
    text = [...row.refs, row.repository ?? '', row.id, ...row.usedBy].join('\n').toLowerCase();
    haystacks.set(row, text);
  }
  return text;
}

const order = ['go', 'unknown', 'keep', 'protected', 'inUse'] as const;

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

interface Group {
  key: string;
  /** What it is sorted by as a name; null last. */
  name: string | null;
  rows: { row: ImageRow; value: number | string | null }[];
}

/**
 * The lines of the table: groups by repository, each with its images unless it is closed. Groups
 * stand by the value of their first image, so that a sort by size leads with the largest image.
 */
export function entriesOf(rows: Iterable<ImageRow>, view: TableView): Entry[] {
  const text = view.text.trim().toLowerCase();
  const groups = new Map<string, Group>();
  for (const row of rows) {
    if (view.chip !== 'all' && standingOf(row) !== view.chip) continue;
    if (text !== '' && !haystack(row).includes(text)) continue;
    const key = row.repository ?? UNTAGGED;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, name: sortName(row.repository), rows: [] }));
    group.rows.push({ row, value: valueOf(row, view.key) });
  }
  const byName = view.key === 'name';
  for (const group of groups.values())
    group.rows.sort((a, b) =>
      byName
        ? newestFirst(a.row, b.row)
        : compare(a.value, b.value, view.down) || newestFirst(a.row, b.row),
    );
  const sorted = [...groups.values()].sort((a, b) =>
    byName
      ? compare(a.name, b.name, view.down)
      : compare(a.rows[0]?.value ?? null, b.rows[0]?.value ?? null, view.down) ||
        compare(a.name, b.name, false),
  );
  return sorted.flatMap((group) => linesOf(group, !view.closed.has(group.key)));
}

const sortName = (repository: string | null) =>
  repository === null ? null : nameParts(repository).name.toLowerCase();

const newestFirst = (a: ImageRow, b: ImageRow) =>
  compare(a.created, b.created, true) || compare(a.refs[0] ?? a.id, b.refs[0] ?? b.id, true);

function linesOf(group: Group, open: boolean): Entry[] {
  const head: GroupEntry = {
    kind: 'group',
    key: group.key,
    repository: group.key === UNTAGGED ? null : group.key,
    images: group.rows.length,
    open,
    unique: sumOf(group.rows.map(({ row }) => row.unique)),
    go: 0,
    protected: 0,
  };
  const lines: Entry[] = [head];
  for (const { row } of group.rows) {
    if (row.verdict === 'remove') head.go += 1;
    else if (row.decidedBy === 'protect') head.protected += 1;
    if (open) lines.push({ kind: 'image', id: row.id, group: group.key });
  }
  return lines;
}
