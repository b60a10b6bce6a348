import { stat } from 'node:fs/promises';
import path from 'node:path';
import { within } from './deadline.js';
import { systemCode } from '../system-error.js';

/** What was found where a path leads. */
export interface FoundPath {
  there: boolean;
  /** The path itself, or the nearest folder above it that is there. */
  nearest: string;
  /** The mount point that this lies on: the file system's topmost folder, or a drive. */
  mount: string;
}

/** Looks that may hang at a time: each holds one of the few threads that all files share. */
const mostHung = 2;
let hung = 0;

/**
 * Whether a file or folder stands on this host. Paths come from labels, which are other people's
 * input: none that would make this host speak to another one, or start one, is followed.
 *
 * @param deadline milliseconds; a dead network mount never answers
 * @returns null where it cannot be known: no answer in time, no permission, no path of this host
 */
export async function lookAt(file: string, deadline: number): Promise<FoundPath | null> {
  if (!isOfThisHost(file, process.platform) || hung >= mostHung) return null;
  let late = false;
  const asked = climb(path.normalize(file))
    .catch(() => null)
    .finally(() => {
      if (late) hung -= 1;
    });
  return within(asked, deadline, () => {
    late = true;
    hung += 1;
    return null;
  });
}

/**
 * Whether a path can be one of this host's own. A network name (`\\host\share`, which would be told
 * who asks) and what an automounter would fetch are none; asking a distribution of WSL starts it.
 */
export function isOfThisHost(file: string, platform: NodeJS.Platform): boolean {
  if (file.includes('\0')) return false;
  if (platform === 'win32') return /^[A-Za-z]:[\\/]/.test(file);
  return file.startsWith('/') && !/^\/+(net|Network)(\/|$)/.test(path.posix.normalize(file));
}

async function climb(file: string): Promise<FoundPath> {
  for (let at = file; ; at = path.dirname(at)) {
    try {
      const { dev } = await stat(at);
      return { there: at === file, nearest: at, mount: await mountOf(at, dev) };
    } catch (e) {
      const code = systemCode(e);
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || path.dirname(at) === at) throw e;
    }
  }
}

/** The topmost folder above that lies on the same file system. */
async function mountOf(file: string, dev: number): Promise<string> {
  let at = file;
  for (;;) {
    const parent = path.dirname(at);
    if (parent === at || (await stat(parent)).dev !== dev) return at;
    at = parent;
  }
}
