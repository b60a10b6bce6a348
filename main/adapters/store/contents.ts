import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../atomic.js';

/** A file of a folder, or a folder in it with all that it holds. */
export interface Entry {
  name: string;
  /** As its files say. */
  bytes: number;
  files: number;
}

/** What stands in a folder, by name; what goes while it is looked at counts nothing. */
export async function contentsOf(folder: string): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const all = await Promise.all(
    entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map(async (entry) => {
        const path = join(folder, entry.name);
        return { name: entry.name, ...(await (entry.isDirectory() ? whole(path) : sizeOf(path))) };
      }),
  );
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function sizeOf(file: string): Promise<Omit<Entry, 'name'>> {
  const there = await unlessMissing(lstat(file), null);
  return there ? { bytes: there.size, files: 1 } : { bytes: 0, files: 0 };
}

async function whole(folder: string): Promise<Omit<Entry, 'name'>> {
  const entries = await unlessMissing(
    readdir(folder, { withFileTypes: true, recursive: true }),
    [],
  );
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((one) => sizeOf(join(one.parentPath, one.name))),
  );
  return sizes.reduce(
    (sum, one) => ({ bytes: sum.bytes + one.bytes, files: sum.files + one.files }),
    { bytes: 0, files: 0 },
  );
}
