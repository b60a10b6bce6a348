import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ROOT, toolEnv } from './modules.mjs';
import { show } from './process.mjs';

const SOURCES = ['main', 'preload', 'renderer', 'resources', 'package.json', 'vite.config.ts'];
const RESULTS = ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html', 'cli/careen.cjs'];

/**
 * Builds the app when a source is newer than what was built.
 * @returns {Promise<number>} the build's exit code, 0 when there was nothing to do
 */
export async function ensureBuilt() {
  const built = await Promise.all(RESULTS.map((name) => changed(path.join(ROOT, 'out', name))));
  const sources = await Promise.all(SOURCES.map((name) => newest(path.join(ROOT, name))));
  return Math.max(...sources) < Math.min(...built) ? 0 : build();
}

/** @param {string} file @returns {Promise<number>} 0 when it is not there */
async function changed(file) {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0;
}

/** @returns {Promise<number>} the build's exit code */
export function build() {
  return show('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    env: toolEnv(),
    shell: process.platform === 'win32',
  });
}

/** @param {string} place @returns {Promise<number>} when it, or anything in it, last changed */
async function newest(place) {
  const there = await stat(place).catch(() => null);
  if (!there?.isDirectory()) return there?.mtimeMs ?? 0;
  const inside = await Promise.all(
    (await readdir(place)).map((name) => newest(path.join(place, name))),
  );
  return Math.max(there.mtimeMs, ...inside);
}
