import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { alive, say, sleep } from './process.mjs';

/**
 * The folder for what development needs and can be fetched again: engines, a stand-in Electron, the
 * practice engine. `CAREEN_CACHE` moves it.
 * @param {...string} parts what to append
 * @returns {string} an absolute path; nothing is created
 */
export function cachePath(...parts) {
  const base =
    process.env.CAREEN_CACHE ||
    path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'careen-dev');
  return path.resolve(base, ...parts);
}

/**
 * Runs `work` while no other process holds the lock of that name in the cache. A holder that died is
 * found by its process id.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const file = cachePath(`${name}.lock`);
  await mkdir(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  await writeFile(own, String(process.pid));
  let told = false;
  try {
    // link, not an exclusive open: the file then never exists without its holder's id in it.
    while (!(await taken(own, file))) {
      const holder = await readFile(file, 'utf8').catch(() => '');
      if (holder && !(await alive(Number(holder)))) await clear(file, holder);
      else {
        if (!told) say(`Waiting for another run (process ${holder}) that prepares the same thing.`);
        told = true;
        await sleep(200);
      }
    }
  } finally {
    await rm(own, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** @param {string} own @param {string} file */
async function taken(own, file) {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Two waiters may both judge a lock stale; the slower one must not throw away the quicker one's.
 * @param {string} file @param {string} holder
 */
async function clear(file, holder) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== holder) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}
