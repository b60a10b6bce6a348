import { expect, it } from 'vitest';
import { sharersOf } from '../../../main/domain/sharers.js';

const image = (id: string, refs: string[], chain: string[] | null) => ({
  id,
  refs,
  layers: chain?.map((chainId) => ({ chainId, size: 1 })) ?? null,
});

it('counts the other images on each layer and names the first, the nameless last', () => {
  const own = image('a', ['api:1'], ['x', 'y', 'z']);
  const all = [
    own,
    image('b', [], ['x', 'y']),
    image('c', ['web:2'], ['x']),
    image('d', ['db:1'], ['x', 'q']),
    image('e', ['unread:1'], null),
  ];
  expect(sharersOf('a', own.layers ?? [], all, 2)).toEqual([
    {
      count: 3,
      first: [
        { id: 'd', refs: ['db:1'] },
        { id: 'c', refs: ['web:2'] },
      ],
    },
    { count: 1, first: [{ id: 'b', refs: [] }] },
    { count: 0, first: [] },
  ]);
});
