import { access, rename } from 'node:fs/promises';
import { homeUnwritable, systemCode } from '../system-error.js';
import { dirname } from 'node:path';
import { listSegments, segment } from './segments.js';

/** Gives a file another name, where there is such a file and none of that name. Throws `home-unwritable`. */
export async function renameUnlessThere(from: string, to: string): Promise<void> {
  if (await isThere(to)) return;
  try {
    await rename(from, to);
  } catch (e) {
    if (systemCode(e) !== 'ENOENT') throw homeUnwritable(dirname(to), e);
  }
}

/** The same of a log, with all its segments, oldest first. */
export async function renameLog(folder: string, from: string, to: string): Promise<void> {
  if ((await listSegments(folder, to)).length > 0) return;
  for (const { file, number, snapshot } of await listSegments(folder, from))
    await renameUnlessThere(file, segment(folder, to, number, snapshot).file);
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
