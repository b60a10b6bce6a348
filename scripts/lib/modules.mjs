import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { say, show } from './process.mjs';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const BIN = path.join(ROOT, 'node_modules', '.bin');

/**
 * The environment for the project's tools: its own commands come first, and with them the Node of the
 * `node` dev dependency, which is newer than many a system's.
 * @param {NodeJS.ProcessEnv} [more] set on top
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnv(more = {}) {
  return { ...withPath((folders) => [BIN, ...folders.filter((one) => one !== BIN)]), ...more };
}

/** @param {(folders: string[]) => string[]} change @returns {NodeJS.ProcessEnv} */
function withPath(change) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = (process.env[name] ?? '').split(path.delimiter);
  return { ...process.env, [name]: change(folders).join(path.delimiter) };
}

/**
 * Runs `npm ci` when what is installed is not what package-lock.json says.
 * @throws {Error} when it fails; npm has said why by then
 */
export async function ensureModules() {
  if (await upToDate()) return;
  say('Installing the npm packages (npm ci).');
  // `npm ci` first deletes node_modules, the Node in it too: it has to run on the system's.
  const env = withPath((folders) => folders.filter((one) => !one.startsWith(ROOT)));
  const windows = process.platform === 'win32';
  const code = await show('npm', ['ci'], { cwd: ROOT, env, shell: windows });
  if (code !== 0)
    throw new Error(`npm ci ended with ${code}: see above, put it right, and start again.`);
}

/** npm writes the list of what it installed last of all, so an interrupted install has none. */
async function upToDate() {
  const wanted = await packagesOf('package-lock.json');
  const installed = await packagesOf('node_modules/.package-lock.json');
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([place, { version, optional, link }]) => {
    if (place === '' || link) return true;
    const there = installed[place];
    return there ? there.version === version : optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, link?: boolean }> | null>}
 */
async function packagesOf(file) {
  const text = await readFile(path.join(ROOT, file), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text).packages;
}
