import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { attributesGiven } from '../../support/svelte-source.js';

/** What an icon takes that is compiled to plain SVG (`vite.config.ts`); it is hidden from a screen reader. */
const taken = new Set(['size', 'strokeWidth', 'class', 'aria-hidden']);

const imported = /import (\w+) from '@lucide\/svelte\/icons\//g;

it('gives icons nothing but what they take', () => {
  const icons = globSync('renderer/app/**/*.svelte').flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const given = attributesGiven(source);
    return [...source.matchAll(imported)].map(([, name = '']) => ({ file, of: given.get(name) }));
  });
  expect(icons.filter(({ of }) => of).length).toBeGreaterThan(50);
  const others = icons.filter(({ of }) => [...(of ?? [])].some((one) => !taken.has(one)));
  expect(others).toEqual([]);
});
