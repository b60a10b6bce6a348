import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { attributesGiven } from '../../support/svelte-source.js';

/** What an icon takes that is compiled to plain SVG (`vite.config.ts`). */
const taken = new Set(['size', 'strokeWidth', 'class']);

const imported = /import (\w+) from '@lucide\/svelte\/icons\//g;

it('gives icons nothing but what they take', () => {
  const icons = globSync('renderer/app/**/*.svelte').flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    const given = attributesGiven(source);
    // One of several is drawn by a name that stands for it.
    return [...source.matchAll(imported)].map(([, name = '']) => ({
      file,
      name,
      given: given.get(name) ?? given.get('Icon'),
    }));
  });
  expect(icons.length).toBeGreaterThan(50);
  const others = icons.filter(({ given }) => !given || [...given].some((one) => !taken.has(one)));
  expect(others).toEqual([]);
});
