import type { PolicyProblem } from '../../../../main/domain/errors.js';
import {
  withEntry,
  withoutEntry,
  withSwapped,
} from '../../../../main/domain/policy/edit/entries.js';
import {
  flowText,
  isMapping,
  plainOf,
  valueAt,
  type Plain,
} from '../../../../main/domain/policy/edit/text.js';
import { withEntryAt } from '../../../../main/domain/policy/edit/update.js';
import { setValue } from '../../../../main/domain/policy/edit/value.js';
import type { Path } from '../../../../main/domain/policy/keys.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import { day } from '../../../../main/domain/policy/units.js';
import { keyAt } from '../editor/schema.js';
import { ruleKinds, type RuleKind } from '../reading.js';

/** The lists of a policy whose entries are rows of the form. */
export type RowList = RuleKind | 'updates';

export type Written = { [key: string]: Plain };

/** One entry of a list, as the file writes it. */
export interface Row {
  list: RowList;
  place: number;
  /** The rule's own id, or its place, e.g. `keep[0]`. */
  id: string;
  written: Written;
}

export const pathOf = (list: RowList): Path =>
  list === 'updates' ? ['update', 'containers'] : [list];

/** The entries of a policy that parses, list by list. */
export function rowsOf(text: string): Record<RowList, Row[]> {
  const policy = plainOf(text);
  const rows = (list: RowList): Row[] => {
    const entries = valueAt(policy, pathOf(list));
    return (Array.isArray(entries) ? entries : []).map((entry, place) => {
      const written = isMapping(entry) ? entry : {};
      const { id } = written;
      return {
        list,
        place,
        id: typeof id === 'string' ? id : `${pathOf(list).join('.')}[${place}]`,
        written,
      };
    });
  };
  return {
    protect: rows('protect'),
    keep: rows('keep'),
    remove: rows('remove'),
    updates: rows('updates'),
  };
}

/** What an edit came to: the text, or why the policy would not be one. */
export type Edited = { text: string } | { problem: PolicyProblem };

const checked = (text: string): Edited => {
  const parsed = parsePolicy(text);
  const [problem] = 'problems' in parsed ? parsed.problems : [];
  return problem === undefined ? { text } : { problem };
};

/** Writes a value at a path; null takes it out. All else in the text stays as it is. */
export const edit = (text: string, path: Path, value: Plain | null): Edited =>
  checked(setValue(text, path, value));

/** Keys that an entry may have, in the order of its sentence, and what one begins with. */
const conditions: Record<RowList, Written> = {
  protect: {
    match: 'postgres',
    labels: { 'careen.keep': 'true' },
    platform: 'linux/amd64',
    origin: 'built',
    largerThan: '1GB',
    project: 'present',
    untagged: false,
    until: '',
    note: '',
  },
  keep: {
    last: 3,
    match: '**',
    per: 'family',
    labels: { 'careen.keep': 'true' },
    platform: 'linux/amd64',
    origin: 'built',
    largerThan: '1GB',
    project: 'present',
    untagged: false,
    usedWithin: '30d',
  },
  remove: {
    match: '**',
    labels: { 'careen.keep': 'false' },
    platform: 'linux/amd64',
    origin: 'pulled',
    largerThan: '2GB',
    project: 'gone',
    untagged: true,
    unusedFor: '60d',
    mode: 'confirm',
  },
  updates: { match: 'web', image: '**', mode: 'notify', tags: 'same', minAge: '3d' },
};

export const knownKeys = (list: RowList): string[] => Object.keys(conditions[list]);

/** Keys that an entry has and its sentence does not speak of; an id is its name. */
export const otherKeys = ({ list, written }: Row): string[] =>
  Object.keys(written).filter((key) => key !== 'id' && !knownKeys(list).includes(key));

/** The conditions that may still be added to an entry, and those without which it stays a policy. */
export function changesOf(text: string, row: Row): { add: string[]; drop: string[] } {
  const has = (key: string) => Object.hasOwn(row.written, key);
  const isLast = Object.keys(row.written).filter((key) => key !== 'id').length < 2;
  const works = (key: string, value: Plain | null) =>
    'text' in edit(text, [...pathOf(row.list), row.place, key], value);
  return {
    add: knownKeys(row.list).filter((key) => !has(key)),
    drop: knownKeys(row.list).filter((key) => !isLast && has(key) && works(key, null)),
  };
}

/**
 * Writes a condition with what it usually begins with.
 *
 * @param now what `until` lies a month behind
 */
export function addCondition(text: string, row: Row, key: string, now: number): Edited {
  const inAMonth = new Date(now + 30 * day).toISOString().slice(0, 10);
  const first = key === 'until' ? inAMonth : (conditions[row.list][key] ?? null);
  return edit(text, [...pathOf(row.list), row.place, key], first);
}

/** Rules to begin with, by what they are called in the menu. */
export const beginnings: Record<RowList, Record<string, Written>> = {
  protect: { name: { match: 'postgres' }, label: { labels: { 'careen.keep': 'true' } } },
  keep: {
    newest: { match: '**', last: 3 },
    used: { match: '**', usedWithin: '30d' },
    project: { project: 'present' },
  },
  remove: {
    unused: { match: '**', unusedFor: '60d' },
    untagged: { untagged: true, unusedFor: '3d' },
    large: { match: '**', largerThan: '2GB', unusedFor: '30d' },
  },
  updates: { name: { match: 'web', mode: 'notify' } },
};

export function addRow(text: string, list: RowList, written: Written): Edited {
  const rule = structuredClone(written);
  return checked(
    list === 'updates'
      ? withEntryAt(text, rowsOf(text).updates.length, rule)
      : withEntry(text, list, rule, flowText(rule)),
  );
}

export const removeRow = (text: string, { list, place }: Row): Edited =>
  checked(withoutEntry(text, pathOf(list), place));

/** Puts an entry before the one above it, or behind the one below. */
export const moveRow = (text: string, { list, place }: Row, to: 'up' | 'down'): Edited =>
  checked(withSwapped(text, pathOf(list), to === 'up' ? place - 1 : place));

/** Entries that are not written as they are saved. */
export function isChanged(row: Row, saved: readonly Row[]): boolean {
  return !saved.some((one) => JSON.stringify(one.written) === JSON.stringify(row.written));
}

/** What a value is by what is written, or by what holds where nothing is. */
export const valueOf = (policy: Plain, path: Path): Plain | undefined =>
  valueAt(policy, path) ?? (keyAt(path)?.absent as Plain | undefined);

/** `14d` as a figure and a unit; null where it is written otherwise. */
export function amountOf(text: string): { figure: string; unit: string } | null {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text) ?? [];
  return figure === undefined || unit === undefined ? null : { figure, unit };
}

/** Names as one line, and back; none of them can hold a blank or a comma that matters. */
export const lineOfNames = (value: Plain | undefined): string =>
  Array.isArray(value)
    ? value.map(String).join(', ')
    : value === undefined
      ? ''
      : `${value as string}`;

export function namesOfLine(line: string): Plain {
  const names = line.split(/[\s,]+/).filter((name) => name !== '');
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : names;
}

/** Labels as `a = b, c = d`; null where a value could not be read back from that. */
export function lineOfLabels(value: Plain | undefined): string | null {
  if (!isMapping(value ?? '')) return null;
  const labels = value as Written;
  const line = Object.entries(labels)
    .map(([key, one]) => `${key} = ${one as string}`)
    .join(', ');
  return JSON.stringify(labelsOfLine(line)) === JSON.stringify(labels) ? line : null;
}

export function labelsOfLine(line: string): Written {
  const pairs = line.split(',').map((pair) => {
    const [key = '', ...rest] = pair.split('=');
    return [key.trim(), rest.join('=').trim()];
  });
  return Object.fromEntries(pairs.filter(([key]) => key !== '')) as Written;
}

export const isRuleList = (list: RowList): list is RuleKind =>
  (ruleKinds as readonly string[]).includes(list);
