import { readFile, statfs } from 'node:fs/promises';
import path from 'node:path';
import { within } from './deadline.js';

/** Bytes of a file system; `available` without what is kept for root, `total` is the sum of both. */
export interface DiskSpace {
  /** The folder that answered: the one asked for, or a parent on the same file system. */
  of: string;
  used: number;
  available: number;
  total: number;
}

/** A dead mount blocks its thread for good, so a path is never asked twice at a time. */
const underWay = new Map<string, Promise<DiskSpace | null>>();

/**
 * How full the file system of a folder is, as `df` counts (HOSTS §3): used / (used + available).
 *
 * @param folder an absolute path
 * @param deadline milliseconds; a dead network mount never answers
 * @returns null where it cannot be known: absent, not answering, another machine's
 */
export async function statfsOf(folder: string, deadline: number): Promise<DiskSpace | null> {
  // Asking a distribution of WSL for its files starts it.
  if (/^[\\/]{2}wsl/i.test(folder)) return null;
  const asked = underWay.get(folder) ?? ask(folder);
  underWay.set(folder, asked);
  return within(asked, deadline, () => null);
}

async function ask(folder: string): Promise<DiskSpace | null> {
  try {
    return await climb(folder);
  } catch {
    return null;
  } finally {
    underWay.delete(folder);
  }
}

/** statfs needs to search the parents only; below a closed one the nearest that answers stands in. */
async function climb(folder: string): Promise<DiskSpace | null> {
  // `C:` is the current folder of that drive, `C:\` the drive.
  let at = /^[A-Za-z]:$/.test(folder) ? `${folder}\\` : folder;
  for (;;) {
    try {
      return await spaceOf(at);
    } catch (e) {
      const parent = path.dirname(at);
      if ((e as NodeJS.ErrnoException).code !== 'EACCES' || parent === at) throw e;
      if (await mountedBelow(parent, folder)) return null;
      at = parent;
    }
  }
}

async function spaceOf(folder: string): Promise<DiskSpace> {
  const { bsize, blocks, bfree, bavail } = await statfs(folder, { bigint: true });
  const used = Number((blocks - bfree) * bsize);
  const available = Number(bavail * bsize);
  return { of: folder, used, available, total: used + available };
}

/** Whether another file system is mounted on the way from a parent to a folder that is closed to us. */
async function mountedBelow(parent: string, folder: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const mounts = await readFile('/proc/self/mountinfo', 'utf8');
  const isBelow = (inner: string, outer: string): boolean =>
    inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
  return mounts
    .split('\n')
    .map((line) => (line.split(' ')[4] ?? '').replaceAll('\\040', ' '))
    .some((point) => point !== parent && isBelow(point, parent) && isBelow(folder, point));
}
