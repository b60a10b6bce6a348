import { expect, it } from 'vitest';
import { hashOf, parseHash } from '../../../renderer/app/state/router.svelte.js';

const overview = { screen: 'overview', id: null, rule: null };

it.each(['#/images/%', '#/history/%E0%A4%A', '#/images?rule=%zz', '#/nowhere'])(
  '%s leads to the overview',
  (hash) => {
    expect(parseHash(hash)).toEqual(overview);
  },
);

it('leads where a hash was made for', () => {
  expect(parseHash(hashOf('images', 'sha256:0a', '100 % old'))).toEqual({
    screen: 'images',
    id: 'sha256:0a',
    rule: '100 % old',
  });
});
