import { describe, expect, it } from 'vitest';
import { messages } from '../../../main/messages/index.js';
import { fateOf, holdersOf } from '../../../renderer/app/overview/holders.js';
import { rowOf } from './space-samples.js';

const m = messages('en');
const keeps = [rowOf(1, 'a', 10), rowOf(2, 'b', 30)];
const goes = rowOf(3, 'c', 50, true);
const could = rowOf(4, 'd', 20, true, false);

describe('images that stand on the same layers', () => {
  it('are told with those first that hold the layers, and of each the largest', () => {
    const ids = holdersOf([goes, ...keeps, could]).map(({ size }) => size);
    expect(ids).toEqual([30, 10, 20, 50]);
  });

  it('say what becomes of the layers: they go with the last', () => {
    const [stays, go, wait] = [
      { stays: true, going: false },
      { stays: false, going: true },
      { stays: false, going: false },
    ];
    expect(fateOf([stays, stays, go], m)).toBe('2 of them stay.');
    expect(fateOf([go, stays], m)).toBe('1 of them stays.');
    expect(fateOf([stays, stays], m)).toBe('All of them stay.');
    expect(fateOf([go, wait], m)).toBe('All of them can go, 1 only if you choose it.');
    expect(fateOf([wait, wait], m)).toBe('All of them could go, if you choose them.');
    expect(fateOf([go], m)).toBe('All of them will go.');
  });
});
