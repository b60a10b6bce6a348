/**
 * Writes what `docs/examples` shows: each inventory and what is expected of it out of a story's few
 * words, and in each README what `careen judge` prints. Run it when a fact is new or a sentence has
 * changed, after `npm run build`; the tests say when.
 */
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { airGapped, holiday, kubernetes } from './lib/examples/circumstances.mjs';
import { expectedOf } from './lib/examples/expected.mjs';
import { inventoryOf } from './lib/examples/inventory.mjs';
import { ciLaptop, consultant, laptop64gb } from './lib/examples/laptops.mjs';
import {
  baseImages,
  keepThreePerRepository,
  protectList,
  thirtyDays,
} from './lib/examples/retention.mjs';

const folder = join(import.meta.dirname, '../docs/examples');
const careen = join(import.meta.dirname, '../out/cli/careen.cjs');

/** @type {Record<string, () => import('./lib/examples/facts.mjs').Story>} */
const stories = {
  'keep-3-per-repository': keepThreePerRepository,
  'thirty-days': thirtyDays,
  'protect-list': protectList,
  'base-images': baseImages,
  'ci-laptop': ciLaptop,
  'laptop-64gb': laptop64gb,
  'consultant-40-projects': consultant,
  'air-gapped-loads': airGapped,
  'holiday-three-weeks': holiday,
  'kubernetes-docker-desktop': kubernetes,
};

/** More lines than these tell no more; a few of each kind are shown. */
const mostLines = 24;

for (const [name, tell] of Object.entries(stories)) {
  const story = tell();
  const at = join(folder, name);
  /**
   * @param {string} file
   * @param {string} text
   */
  const write = async (file, text) =>
    writeFile(join(at, file), await format(text, { filepath: file, printWidth: 100 }));
  await write('inventory.json', JSON.stringify(inventoryOf(story)));
  await write('expected.json', JSON.stringify(expectedOf(story)));
  const readme = await readFile(join(at, 'README.md'), 'utf8');
  const told = execFileSync(
    process.execPath,
    [careen, 'judge', '--inventory', 'inventory.json', '--policy', 'policy.yaml'],
    { cwd: at, encoding: 'utf8', env: { ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' } },
  );
  const shown = shorten(told.trimEnd().split('\n')).join('\n');
  const block = /(```console\n\$ careen judge[^\n]*\n)[^]*?(\n```)/;
  if (!block.test(readme)) throw new Error(`${name}/README.md shows no careen judge`);
  await write(
    'README.md',
    readme.replace(block, (_, open, close) => open + shown + close),
  );
}

/**
 * Of each part's lines with the same beginning the first two, and a line for those left out.
 * @param {string[]} lines
 */
function shorten(lines) {
  if (lines.length <= mostLines) return lines;
  let seen = new Map();
  /** @type {string[]} */
  const shown = [];
  for (const line of lines) {
    if (line === '') seen = new Map();
    const kind = line.startsWith(' ') ? 'item' : line.slice(0, 9);
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    if (before < 2) shown.push(line);
    else if (shown.at(-1) !== '…') shown.push('…');
  }
  return shown;
}
