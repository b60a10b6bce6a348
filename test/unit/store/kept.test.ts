import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { MovedAside } from '../../../main/adapters/store/aside.js';
import { Kept } from '../../../main/adapters/store/kept.js';
import { testFolder } from '../../support/folder.js';

const key = '0123456789abcdef';

async function kept() {
  const folder = join(await testFolder(), 'plans');
  await mkdir(folder);
  const moved: MovedAside[] = [];
  const documents = new Kept({
    folder,
    schema: z.strictObject({ n: z.number() }),
    version: 1,
    most: 2,
    now: () => Date.UTC(2026, 10, 24),
    onMovedAside: (aside) => moved.push(aside),
  });
  return { folder, moved, documents };
}

describe('documents of one kind', () => {
  it('are given back by their names, and the oldest go past their number', async () => {
    const { documents, folder } = await kept();
    const keys = [1, 2, 3].map((n) => `0123456789abcde${n}`);
    for (const [n, each] of keys.entries()) await documents.save(each, { n });
    expect(await documents.load(keys[2]!)).toEqual({ n: 2 });
    expect(await readdir(folder)).toHaveLength(2);
    expect(await documents.load('../policy')).toBeNull();
  });

  it('keep what was written last though the others are of a clock that ran ahead', async () => {
    const { documents, folder } = await kept();
    const keys = [1, 2, 3].map((n) => `0123456789abcde${n}`);
    const ahead = new Date('2100-01-01');
    for (const [n, each] of keys.entries()) {
      await documents.save(each, { n });
      if (n < 2) await utimes(join(folder, `${each}.json`), ahead, ahead);
    }
    expect(await documents.load(keys[2]!)).toEqual({ n: 2 });
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('tell of one that cannot be read and lies aside now', async () => {
    const { documents, folder, moved } = await kept();
    const file = join(folder, `${key}.json`);
    await writeFile(file, '{ "version": 1, "value": ');
    expect(await documents.load(key)).toBeNull();
    expect(moved).toEqual([{ file, to: `${file}.damaged-20261124T000000Z` }]);
    expect(await readdir(folder)).toEqual([`${key}.json.damaged-20261124T000000Z`]);
  });

  it('are written one after another: the last that was asked for stands, and none is lost', async () => {
    const { documents, folder } = await kept();
    const all = Array.from({ length: 20 }, (_, n) => n);
    const saved = all.map((n) => documents.save(key, { n }));
    const loaded = documents.load(key);
    await Promise.all(saved);
    expect(await loaded).toEqual({ n: 19 });
    expect(await documents.load(key)).toEqual({ n: 19 });
    expect(await readdir(folder)).toEqual([`${key}.json`]);
  });
});
