import { access, chmod, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CareenError } from '../../domain/errors.js';
import { homeUnwritable, systemCode } from '../system-error.js';

/** What a data home is found from; all of it the process's own unless a test says otherwise. */
export interface HomeSources {
  /** `--home`; null when it was not given. */
  flag: string | null;
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** The user's own folder. */
  user: string;
}

/**
 * Where the data home is: `--home`, else `CAREEN_HOME`, else the platform's folder for application
 * data (DESIGN §3). An empty variable counts as not set, a relative `XDG_CONFIG_HOME` too, as the
 * XDG base directory specification has it.
 */
export function homePath({ flag, env, platform, user }: HomeSources): string {
  const named = flag ?? env['CAREEN_HOME'];
  if (named) return resolve(named);
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'Careen');
  if (platform === 'win32')
    return join(env['APPDATA'] || join(user, 'AppData', 'Roaming'), 'Careen');
  const xdg = env['XDG_CONFIG_HOME'];
  return join(xdg?.startsWith('/') ? xdg : join(user, '.config'), 'careen');
}

/**
 * Makes the data home where it is missing (0700), closes it to others, and gives its real path.
 * Throws `home-foreign` where it, or the folder it would be made in, is another user's (`sudo`
 * would leave root's files in it), `home-unwritable` with the system's code where it cannot be used.
 */
export async function openHome(path: string): Promise<string> {
  try {
    const { missing, foreign } = await lookUp(path);
    if (foreign) throw new CareenError('home-foreign', { home: path });
    for (const folder of missing) await make(folder);
    if (!(await stat(path)).isDirectory())
      throw new CareenError('home-unwritable', { home: path, why: 'ENOTDIR' });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    const home = await realpath(path);
    await close(home);
    return home;
  } catch (e) {
    throw homeUnwritable(path, e);
  }
}

/**
 * Which folders are not there yet, the outermost first, and whether the nearest that is there
 * belongs to somebody else. Folders of the system may hold a new home.
 */
async function lookUp(path: string): Promise<{ missing: string[]; foreign: boolean }> {
  const missing: string[] = [];
  let folder = path;
  let uid = await uidOf(folder);
  while (uid === null && folder !== dirname(folder)) {
    missing.unshift(folder);
    folder = dirname(folder);
    uid = await uidOf(folder);
  }
  const own = process.getuid?.();
  const systems = uid === 0 && missing.length > 0;
  return { missing, foreign: own !== undefined && uid !== own && !systems };
}

/** One folder a call: Node's recursive way never ends where a folder's maker says "no such file" (/proc). */
async function make(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (e) {
    if (systemCode(e) !== 'EEXIST') throw e;
  }
}

/** Takes everyone else's rights away; Windows keeps a user's application data to that user. */
async function close(home: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(home);
  if ((mode & 0o077) !== 0) await chmod(home, 0o700);
}

async function uidOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).uid;
  } catch (e) {
    if (systemCode(e) === 'ENOENT') return null;
    throw e;
  }
}
