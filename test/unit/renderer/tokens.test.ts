import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const sources = globSync('renderer/app/**/*.{css,svelte,ts}').map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}));

const all = (text: string, found: RegExp) => [...text.matchAll(found)].map(([, name = '']) => name);
const given = (text: string) => all(text, /(?:^|[^\w-])(--[a-z][\w-]*)(?=\s*[:=])/g);
const used = (text: string) => all(text, /var\(\s*(--[a-z][\w-]*)/g);

it('every token is used', () => {
  const uses = new Set(sources.flatMap(({ text }) => used(text)));
  const { text = '' } = sources.find(({ file }) => file.endsWith('tokens.css')) ?? {};
  expect(given(text).length).toBeGreaterThan(50);
  expect(given(text).filter((name) => !uses.has(name))).toEqual([]);
});

it('every custom property that is used is given somewhere', () => {
  const names = new Set(sources.flatMap(({ text }) => given(text)));
  const lost = sources.flatMap(({ file, text }) =>
    used(text)
      .filter((name) => !names.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(lost).toEqual([]);
});
