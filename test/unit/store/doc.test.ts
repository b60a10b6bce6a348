import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Doc, type DocOptions } from '../../../main/adapters/store/doc.js';
import { testFolder } from '../../support/folder.js';

interface Counted {
  name: string;
  count: number;
}
const now = Date.UTC(2026, 10, 24, 9, 5, 7, 123);

async function options(): Promise<DocOptions<Counted>> {
  return {
    file: join(await testFolder(), 'counted.json'),
    schema: z.strictObject({ name: z.string(), count: z.number() }),
    version: 3,
    migrations: {
      1: (old) => ({ ...z.object({}).loose().parse(old), count: 0 }),
      2: (old) => ({ ...z.object({ count: z.number() }).loose().parse(old), name: 'moved' }),
    },
    initial: () => ({ name: 'new', count: 0 }),
    now: () => now,
  };
}

describe('a document', () => {
  it('is its initial value until it is written, then what was written, for its owner alone', async () => {
    const given = await options();
    const { doc, movedAside } = await Doc.open(given);
    expect(movedAside).toBeNull();
    expect(doc.value).toEqual({ name: 'new', count: 0 });
    await doc.set({ name: 'kept', count: 7 });
    expect((await Doc.open(given)).doc.value).toEqual({ name: 'kept', count: 7 });
    expect((await stat(given.file)).mode & 0o777).toBe(0o600);
  });

  it('makes one write of many that are asked for at once, and the last one wins', async () => {
    const given = await options();
    const { doc } = await Doc.open(given);
    const sets = Array.from({ length: 50 }, (_, n) => doc.set({ name: 'kept', count: n }));
    await sets[0];
    expect((await Doc.open(given)).doc.value.count).toBe(49);
    const { ino } = await stat(given.file);
    await Promise.all(sets);
    await doc.flush();
    expect((await stat(given.file)).ino).toBe(ino);
    expect(await readdir(join(given.file, '..'))).toEqual(['counted.json']);
  });

  it.each([
    ['an empty file', ''],
    ['half a document', '{"version": 3, "value": {"name": "ke'],
    ['binary', '\u0000\u0001\u0002'],
    ['another shape', '[1, 2, 3]'],
    ['a value that its schema refuses', '{"version": 3, "value": {"name": 5, "count": 1}}'],
    ['a version to come', '{"version": 4, "value": {"name": "kept", "count": 1}}'],
    ['a version before the first', '{"version": 0, "value": {"name": "kept", "count": 1}}'],
  ])('that is %s is moved aside and named, and the initial value holds', async (_, text) => {
    const given = await options();
    await writeFile(given.file, text);
    const { doc, movedAside } = await Doc.open(given);
    const to = `${given.file}.damaged-20261124T090507Z`;
    expect(movedAside).toEqual({ file: given.file, to });
    expect(await readFile(to, 'utf8')).toBe(text);
    expect(doc.value).toEqual({ name: 'new', count: 0 });

    await writeFile(given.file, text);
    const second = await Doc.open(given);
    expect(second.movedAside).toEqual({ file: given.file, to: `${to}-2` });
    expect(await readFile(to, 'utf8')).toBe(text);
  });

  it('of an older version is brought up step by step', async () => {
    const given = await options();
    await writeFile(given.file, '{"version": 1, "value": {}}');
    expect((await Doc.open(given)).doc.value).toEqual({ name: 'moved', count: 0 });
    await writeFile(given.file, '{"version": 2, "value": {"count": 9}}');
    expect((await Doc.open(given)).doc.value).toEqual({ name: 'moved', count: 9 });
  });

  it('keeps no value that it could not read back', async () => {
    const given = await options();
    const { doc } = await Doc.open(given);
    await expect(doc.set({ name: 'x', count: 'y' } as unknown as Counted)).rejects.toThrow();
    expect(doc.value).toEqual({ name: 'new', count: 0 });
  });

  it('takes away what a process left that ended half way', async () => {
    const given = await options();
    await writeFile(`${given.file}.0123456789ab.tmp`, 'half');
    await writeFile(join(given.file, '..', 'other.json.0123456789ab.tmp'), "another's");
    await Doc.open(given);
    expect(await readdir(join(given.file, '..'))).toEqual(['other.json.0123456789ab.tmp']);
  });
});
