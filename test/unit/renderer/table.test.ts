import { expect, test } from 'vitest';
import type { ImageRow } from '../../../main/contract/slices.js';
import {
  countChips,
  entriesOf,
  matchedOf,
  standingOf,
  type TableView,
} from '../../../renderer/app/images/table.js';

const view: TableView = {
  text: '',
  chip: 'all',
  by: 'repository',
  key: 'name',
  down: false,
  closed: new Set(),
};

function row(id: string, repository: string | null, change: Partial<ImageRow> = {}): ImageRow {
  return {
    id,
    refs: repository === null ? [] : [`${repository}:${id}`],
    repository,
    size: 100,
    unique: { min: 10, max: 10, certainty: 'exact' },
    created: 1000,
    used: null,
    usedBy: [],
    project: null,
    verdict: 'keep',
    going: false,
    decidedBy: 'keep',
    code: 'rule',
    rule: 'recent',
    protected: null,
    estimate: false,
    recoverable: 'likely',
    ...change,
  };
}

const lines = (rows: ImageRow[], change: Partial<TableView> = {}) =>
  entriesOf(rows, { ...view, ...change }).map((e) => (e.kind === 'group' ? `[${e.key}]` : e.id));

test('repositories stand by name without their host, images newest first, the nameless last', () => {
  const rows = [
    row('u', null),
    row('old', 'ghcr.io/org/beta', { created: 1 }),
    row('new', 'ghcr.io/org/beta', { created: 2 }),
    row('z', 'zeta'),
    row('a', 'org/alpha'),
  ];
  expect(lines(rows)).toEqual([
    '[org/alpha]',
    'a',
    '[ghcr.io/org/beta]',
    'new',
    'old',
    '[zeta]',
    'z',
    '[]',
    'u',
  ]);
});

test('a sort by bytes leads with the group of the largest image; what is unknown stands last', () => {
  const unique = (n: number) => ({ min: n, max: n, certainty: 'exact' as const });
  const rows = [
    row('a', 'one', { unique: unique(5) }),
    row('b', 'two', { unique: unique(50) }),
    row('c', 'one', { unique: unique(9) }),
  ];
  expect(lines(rows, { key: 'unique', down: true })).toEqual(['[two]', 'b', '[one]', 'c', 'a']);
  const used = [row('a', 'one', { used: null }), row('b', 'one', { used: 3 })];
  expect(lines(used, { key: 'used', down: true })).toEqual(['[one]', 'b', 'a']);
  expect(lines(used, { key: 'used', down: false })).toEqual(['[one]', 'b', 'a']);
});

test('text finds names, IDs and containers, whatever their case; a closed group hides its images', () => {
  const rows = [row('abc', 'Web'), row('def', 'api', { usedBy: ['Shop-db'] })];
  expect(lines(rows, { text: ' web ' })).toEqual(['[Web]', 'abc']);
  expect(lines(rows, { text: 'shop' })).toEqual(['[api]', 'def']);
  expect(lines(rows, { text: 'ABC' })).toEqual(['[Web]', 'abc']);
  expect(lines(rows, { closed: new Set(['api']) })).toEqual(['[api]', '[Web]', 'abc']);
});

test('each row stands under one chip, and the counts add up', () => {
  const rows = [
    row('1', 'a', { verdict: 'remove', going: true, decidedBy: 'remove' }),
    row('7', 'a', { verdict: 'remove', decidedBy: 'remove' }),
    row('2', 'a', { decidedBy: 'hold', code: 'used' }),
    row('3', 'a', { decidedBy: 'hold', code: 'base-of' }),
    row('4', 'a', { decidedBy: 'hold', code: 'fact-unknown' }),
    row('5', 'a', { decidedBy: 'protect' }),
    row('6', 'a', { decidedBy: 'grace', code: 'grace' }),
  ];
  expect(rows.map(standingOf)).toEqual([
    'go',
    'could',
    'inUse',
    'keep',
    'unknown',
    'protected',
    'keep',
  ]);
  expect(countChips(rows)).toEqual({
    all: 7,
    go: 1,
    could: 1,
    keep: 2,
    inUse: 1,
    protected: 1,
    unknown: 1,
  });
  expect(lines(rows, { chip: 'inUse' })).toEqual(['[a]', '2']);
  expect(lines(rows, { chip: 'could' })).toEqual(['[a]', '7']);
});

test('a group tells what goes, what could, what is protected, and its bytes with the least certainty', () => {
  const rows = [
    row('1', 'a', { verdict: 'remove', going: true, decidedBy: 'remove' }),
    row('2', 'a', { decidedBy: 'protect', unique: { min: 0, max: 7, certainty: 'at-most' } }),
  ];
  expect(entriesOf(rows, view)[0]).toMatchObject({
    ids: ['2', '1'],
    go: 1,
    protected: 1,
    unique: { min: 10, max: 17, certainty: 'at-most' },
  });
});

test('images stand under the project that used them, by their names; those of none last', () => {
  const rows = [
    row('1', 'web', { project: 'shop' }),
    row('2', 'postgres'),
    row('3', 'api', { project: 'shop' }),
    row('4', 'redis', { project: 'blog' }),
  ];
  expect(lines(rows, { by: 'project' })).toEqual(['[blog]', '4', '[shop]', '3', '1', '[]', '2']);
  expect(lines(rows, { by: 'project', text: 'shop' })).toEqual(['[shop]', '3', '1']);
});

test('without groups images stand by name or by value, and the nameless last', () => {
  const rows = [
    row('1', 'ghcr.io/org/web', { size: 5 }),
    row('2', null, { size: 9 }),
    row('3', 'api', { size: 7, created: 1 }),
    row('4', 'api', { size: 1, created: 2 }),
  ];
  expect(lines(rows, { by: 'none' })).toEqual(['4', '3', '1', '2']);
  expect(lines(rows, { by: 'none', down: true })).toEqual(['1', '4', '3', '2']);
  expect(lines(rows, { by: 'none', key: 'size', down: true })).toEqual(['2', '3', '1', '4']);
});

test('all that match are those of closed groups too', () => {
  const rows = [row('1', 'a'), row('2', 'b'), row('3', 'b', { usedBy: ['x'] })];
  const closed = new Set(['b']);
  expect(matchedOf(entriesOf(rows, { ...view, closed }))).toEqual(['1', '3', '2']);
  expect(matchedOf(entriesOf(rows, { ...view, closed, text: 'x' }))).toEqual(['3']);
  expect(matchedOf(entriesOf(rows, { ...view, by: 'none' }))).toEqual(['1', '3', '2']);
});
