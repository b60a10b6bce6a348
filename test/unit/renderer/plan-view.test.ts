import { expect, test } from 'vitest';
import { isHarmless } from '../../../main/domain/plan/lost.js';
import type { Plan, PlanItem } from '../../../main/domain/plan/types.js';
import type { PolicyPart } from '../../../main/domain/verdict/types.js';
import type { RemoveRule } from '../../../main/domain/policy/types.js';
import {
  differenceOf,
  groundOf,
  groupsOf,
  lostIn,
} from '../../../renderer/app/cleanup/plan-view.js';

function item(id: string, rule: string, bytes: number, change: Partial<PlanItem> = {}): PlanItem {
  return {
    kind: 'image',
    id,
    refs: [`app:${id}`],
    reclaimable: { min: bytes, max: bytes, certainty: 'exact' },
    reason: { kind: 'remove', code: 'rule', rule, unusedFor: 86_400_000, age: null },
    recoverable: { state: 'likely' },
    ticked: true,
    untick: null,
    group: null,
    after: [],
    belongsTo: null,
    ...change,
  };
}

function planOf(items: PlanItem[]): Plan {
  const none = { min: 0, max: 0, certainty: 'exact' as const };
  return {
    planId: 'p',
    takenAt: 0,
    engine: { endpoint: 'unix:///x', id: 'e', store: 'classic' },
    items,
    kept: [],
    reclaimable: none,
    reclaimableAll: none,
    free: null,
    named: [],
  };
}

test('items stand by rule, most bytes first; what has to be ticked stands apart, at the end', () => {
  const plan = planOf([
    item('a', 'untagged', 1),
    item('b', 'stale', 5, { group: 'unrecoverable', ticked: false, recoverable: { state: 'no' } }),
    // The last version of its repository, which a registry may still have.
    item('f', 'stale', 5, { group: 'unrecoverable', ticked: false }),
    item('c', 'stale', 4),
    item('d', 'stale', 2, { group: 'estimates', ticked: false }),
    item('e', 'stale', 3),
  ]);
  expect(groupsOf(plan).map((g) => [g.key, g.items.map((i) => i.id).join('')])).toEqual([
    ['rule:stale', 'ce'],
    ['rule:untagged', 'a'],
    ['apart:left', 'f'],
    ['apart:estimates', 'd'],
    ['apart:unrecoverable', 'b'],
  ]);
});

test('rules of the same time are told apart by where they take images, else by their names', () => {
  const rule = (id: string, change: Partial<RemoveRule>): RemoveRule => ({
    id,
    match: null,
    labels: null,
    platform: null,
    origin: null,
    largerThan: null,
    untagged: null,
    project: null,
    unusedFor: 86_400_000,
    mode: null,
    ...change,
  });
  const names = ['pulled', 'other', 'built', 'any', 'nameless', 'ci', 'tmp'];
  const plan = planOf(names.map((name, i) => item(name, name, 9 - i)));
  const groups = groupsOf(plan, [
    rule('pulled', { origin: ['pulled'] }),
    rule('other', { origin: ['built', 'loaded', 'unknown'] }),
    rule('built', { origin: ['built'] }),
    rule('any', { origin: ['pulled', 'built'], unusedFor: null }),
    rule('nameless', { untagged: true }),
    rule('ci', { match: ['ci/*'] }),
    rule('tmp', { match: ['tmp/*'] }),
  ]).map((g) => (g.by === 'rule' ? [g.rule, g.from, g.isAlike] : []));
  expect(groups).toEqual([
    ['pulled', 'pulled', false],
    ['other', 'notPulled', false],
    ['built', 'built', false],
    ['any', null, true],
    ['nameless', 'untagged', false],
    ['ci', null, true],
    ['tmp', null, true],
  ]);
  // Of another policy than the one in force only the names are known.
  expect(groupsOf(plan).every((g) => g.by === 'rule' && g.isAlike)).toBe(true);
});

test('what cannot be brought back says why it is ticked, or is not', () => {
  const built = (id: string, change: Partial<PlanItem> = {}) =>
    item(id, 'x', 1, { recoverable: { state: 'no' }, ...change });
  expect(lostIn([item('a', 'x', 1)])).toEqual({ newerStays: false, unnamed: false });
  expect(lostIn([built('a'), item('b', 'x', 1)])).toEqual({ newerStays: true, unnamed: false });
  expect(lostIn([built('a', { refs: [] })])).toEqual({ newerStays: false, unnamed: true });
  const left = (untick: PlanItem['untick']) => built('a', { ticked: false, untick });
  const newest = left({ code: 'newest-build', repositories: ['api'] });
  const lost = left({ code: 'registry-lost' });
  expect(groundOf([newest, newest])).toBe('newest');
  expect(groundOf([left({ code: 'no-registry' }), lost])).toBe('registry');
  expect(groundOf([newest, lost])).toBe('several');
  expect(groundOf([left({ code: 'owner', tool: 'compose', unit: null })])).toBe('owner');
  expect(groundOf([left({ code: 'last-version', repositories: ['api'] })])).toBe('last');
  expect(groundOf([left({ code: 'use-incomplete' })])).toBe('hidden');
});

test('other kinds stand after the rules, each by its part of the policy, and volumes by name', () => {
  const part = (kind: 'container' | 'network' | 'buildCache', of: PolicyPart) =>
    item(kind, 'x', 9, {
      kind,
      reason: { kind: 'remove', code: 'part', part: of, unusedFor: 5, age: null, keep: null },
    });
  const plan = planOf([
    item('v', 'x', 100, {
      kind: 'volume',
      ticked: false,
      reason: { kind: 'default', code: 'by-name-only' },
    }),
    part('buildCache', 'buildCache'),
    part('network', 'networks'),
    part('container', 'containers'),
    // A rule may be called like a group.
    item('a', 'name', 1),
  ]);
  expect(groupsOf(plan).map((g) => [g.key, g.by, g.unusedFor])).toEqual([
    ['rule:name', 'rule', 86_400_000],
    ['part:containers', 'part', 5],
    ['part:networks', 'part', 5],
    ['part:buildCache', 'part', 5],
    ['name', 'name', null],
  ]);
});

test('what is made again by itself is no loss; what a container or a volume holds is', () => {
  const no = { recoverable: { state: 'no' as const } };
  const kinds = ['image', 'container', 'network', 'volume', 'buildCache'] as const;
  expect(kinds.filter((kind) => isHarmless({ kind, ...no }))).toEqual(['network', 'buildCache']);
  expect(isHarmless({ kind: 'image', recoverable: { state: 'likely' } })).toBe(true);
});

test('a choice is told by what it differs from the plan in', () => {
  const plan = planOf([
    item('a', 'stale', 1),
    item('b', 'stale', 1),
    item('c', 'stale', 1, { group: 'estimates', ticked: false }),
  ]);
  expect(differenceOf(plan, new Set(['a', 'b']))).toEqual({ except: [], also: [] });
  expect(differenceOf(plan, new Set(['b', 'c']))).toEqual({ except: ['a'], also: ['c'] });
});
