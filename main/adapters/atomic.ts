import { randomBytes } from 'node:crypto';
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from './system-error.js';

const temporary = /\.[0-9a-f]{12}\.tmp$/;

/** Makes a change of names in a folder last through a power cut; Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file's content whole or not at all: written beside it, synced, renamed over it. A link
 * is followed. A file that is there keeps its mode, a new one gets 0600. Throws the system's error
 * and leaves the old content.
 *
 * The kept libraries write with a single call and take a short one for done: on a nearly full disk
 * they rename half a document over a whole one.
 */
export async function writeAtomic(file: string, data: string | Buffer): Promise<void> {
  const target = await unlessMissing(realpath(file), file);
  const mode = await unlessMissing(
    stat(target).then((s) => s.mode & 0o777),
    0o600,
  );
  const beside = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeWhole(beside, data, mode);
    await rename(beside, target);
  } catch (e) {
    await rm(beside, { force: true });
    throw e;
  }
  await syncFolder(dirname(target));
}

/**
 * Throws the system's error where `bytes` cannot be written beside `file` now; for a library's
 * writer that does not look whether all of its text went through.
 */
export async function probeRoom(file: string, bytes: number): Promise<void> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeWhole(beside, randomBytes(bytes), 0o600);
  } finally {
    await rm(beside, { force: true });
  }
}

async function writeWhole(file: string, data: string | Buffer, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes away what a process that ended half way left beside its files. For their one writer. */
export async function sweepTemporary(
  folder: string,
  isOwn: (name: string) => boolean,
): Promise<void> {
  for (const name of await readdir(folder)) {
    if (temporary.test(name) && isOwn(name.replace(temporary, '')))
      await rm(join(folder, name), { force: true });
  }
}

/** What a file is read as, or `otherwise` where there is none; what else the file system says is thrown. */
export async function unlessMissing<T>(wanted: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await wanted;
  } catch (e) {
    if (systemCode(e) === 'ENOENT') return otherwise;
    throw e;
  }
}
