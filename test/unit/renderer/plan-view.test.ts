import { expect, test } from 'vitest';
import type { Plan, PlanItem } from '../../../main/domain/plan/types.js';
import { differenceOf, groupsOf } from '../../../renderer/app/cleanup/plan-view.js';

function item(id: string, rule: string, bytes: number, change: Partial<PlanItem> = {}): PlanItem {
  return {
    kind: 'image',
    id,
    refs: [`app:${id}`],
    reclaimable: { min: bytes, max: bytes, certainty: 'exact' },
    reason: { kind: 'remove', code: 'rule', rule, unusedFor: 86_400_000, age: null },
    recoverable: { state: 'likely' },
    ticked: true,
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
  };
}

test('items stand by rule, most bytes first; what has to be ticked stands apart, at the end', () => {
  const plan = planOf([
    item('a', 'untagged', 1),
    item('b', 'stale', 5, { group: 'unrecoverable', ticked: false }),
    item('c', 'stale', 4),
    item('d', 'stale', 2, { group: 'estimates', ticked: false }),
    item('e', 'stale', 3),
  ]);
  expect(groupsOf(plan).map((g) => [g.name, g.apart, g.items.map((i) => i.id).join('')])).toEqual([
    ['stale', null, 'ce'],
    ['untagged', null, 'a'],
    ['estimates', 'estimates', 'd'],
    ['unrecoverable', 'unrecoverable', 'b'],
  ]);
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
