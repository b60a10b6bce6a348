import { expect, test } from 'vitest';
import { applyDelta } from '../../../renderer/app/state/delta.js';

const row = (id: string, n = 0) => ({ id, n });
const whole = (to: number, ...rows: { id: string; n: number }[]) => ({
  from: 0,
  to,
  upsert: rows,
  remove: [],
});

test('a whole slice replaces every row', () => {
  const rows = applyDelta(new Map([['a', row('a')]]), 3, whole(9, row('b')));
  expect(rows).toEqual(new Map([['b', row('b')]]));
});

test('a difference changes its rows and leaves the map before it as it was', () => {
  const before = new Map([
    ['a', row('a')],
    ['b', row('b')],
  ]);
  const delta = { from: 3, to: 4, upsert: [row('a', 1), row('c')], remove: ['b'] };
  expect(applyDelta(before, 3, delta)).toEqual(
    new Map([
      ['a', row('a', 1)],
      ['c', row('c')],
    ]),
  );
  expect([...before.keys()]).toEqual(['a', 'b']);
});

test('a difference from a version that was never seen is a gap', () => {
  const delta = { from: 5, to: 6, upsert: [row('a')], remove: [] };
  expect(applyDelta(new Map(), 3, delta)).toBe('gap');
  expect(applyDelta(null, null, delta)).toBe('gap');
});

test('a difference that a whole slice has overtaken is left out', () => {
  const delta = { from: 3, to: 4, upsert: [row('a')], remove: [] };
  expect(applyDelta(new Map(), 7, delta)).toBe('old');
});
