import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CareenError } from '../../domain/errors.js';
import { systemCode } from '../system-error.js';

/** Bytes that a Unix socket's path may have: 103 on macOS, 107 on Linux (`sun_path` in unix(4), unix(7)). */
const longest = 100;

/**
 * The folder that holds the control socket: the data home, else, where a path in it would be too
 * long, a private folder under a short name made from the home's. That name depends on the home
 * and the user alone: a variable such as TMPDIR differs between a desktop and a shell, and each
 * would then own the home. Throws `home-foreign` when another user has taken that name.
 */
export async function socketFolder(home: string, longestName: string): Promise<string> {
  if (Buffer.byteLength(join(home, longestName)) <= longest) return home;
  const uid = process.getuid?.() ?? 0;
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const folder = `/tmp/careen-${uid}-${hash}`;
  await mkdir(folder, { mode: 0o700 }).catch((e: unknown) => {
    if (systemCode(e) !== 'EEXIST') throw e;
  });
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new CareenError('home-foreign', { home: folder });
  return folder;
}
