import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../renderer/app/images/line-key.js';
import {
  between,
  type Picks,
  reach,
  shareOf,
  withTicks,
} from '../../../renderer/app/images/selection.js';
import type { Entry } from '../../../renderer/app/images/table.js';

const image = (id: string, group: string | null = 'g'): Entry => ({ kind: 'image', id, group });
const group = (key: string, ids: string[], open = true): Entry => ({
  kind: 'group',
  key,
  name: key,
  ids,
  open,
  unique: { min: 0, max: 0, certainty: 'exact' },
  go: 0,
  could: 0,
  protected: 0,
});
const entries = [
  group('a', ['1', '2']),
  image('1'),
  image('2'),
  group('b', ['3', '4'], false),
  group('c', ['5']),
  image('5'),
];
const none: Picks = { ticked: new Set(), anchor: null };
const ids = (picks: Picks) => [...picks.ticked].sort();

it('says whether all, some or none are ticked', () => {
  const ticked = new Set(['1', '3']);
  expect(shareOf(['1', '3'], ticked)).toBe('all');
  expect(shareOf(['1', '2'], ticked)).toBe('some');
  expect(shareOf(['2'], ticked)).toBe('none');
  expect(shareOf([], ticked)).toBe('none');
});

it('takes several in or out and leaves the set before as it was', () => {
  const before = new Set(['1']);
  expect([...withTicks(before, ['2', '3'], true)]).toEqual(['1', '2', '3']);
  expect([...withTicks(before, ['1', '9'], false)]).toEqual([]);
  expect([...before]).toEqual(['1']);
});

it('finds the images between two lines, of a closed group all', () => {
  expect(between(entries, 1, 4)).toEqual(['1', '2', '3', '4']);
  expect(between(entries, 5, 2)).toEqual(['2', '3', '4', '5']);
  expect(between(entries, 0, 0)).toEqual([]);
});

describe('a range', () => {
  it('begins where the last tick was made, grows and shrinks with its end', () => {
    const begun: Picks = {
      ticked: new Set(['5', '1']),
      anchor: { key: '1', before: new Set(['5', '1']) },
    };
    const grown = reach(begun, entries, 1, 3);
    expect(ids(grown)).toEqual(['1', '2', '3', '4', '5']);
    expect(ids(reach(grown, entries, 3, 2))).toEqual(['1', '2', '5']);
  });

  it('begins at the line where the keys are when nothing was ticked before', () => {
    const drawn = reach(none, entries, 2, 1);
    expect(ids(drawn)).toEqual(['1', '2']);
    expect(drawn.anchor?.key).toBe(keyOf(entries[2] ?? image('')));
    expect(ids(reach(drawn, entries, 1, 3))).toEqual(['2', '3', '4']);
  });

  it('begins anew where its first line is no longer there', () => {
    const gone: Picks = { ticked: new Set(), anchor: { key: 'gone', before: new Set() } };
    expect(ids(reach(gone, entries, 1, 2))).toEqual(['1', '2']);
    expect(reach(none, [], 0, 0)).toEqual(none);
  });
});
