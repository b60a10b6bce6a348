import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT, toolEnv } from './modules.mjs';
import { show } from './process.mjs';

const SOURCES = ['main', 'preload', 'renderer', 'resources', 'package.json', 'vite.config.ts'];
const STAMP = path.join(ROOT, 'out', '.built');

/**
 * Builds the app when a source is newer than what was built.
 * @returns {Promise<number>} the build's exit code, 0 when there was nothing to do
 */
export async function ensureBuilt() {
  const built = (await stat(STAMP).catch(() => null))?.mtimeMs ?? 0;
  const changed = await Promise.all(SOURCES.map((name) => newest(path.join(ROOT, name))));
  return Math.max(...changed) < built ? 0 : build();
}

/** @returns {Promise<number>} the build's exit code */
export async function build() {
  const begun = new Date();
  const windows = process.platform === 'win32';
  const code = await show('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    env: toolEnv(),
    shell: windows,
  });
  if (code !== 0) return code;
  await writeFile(STAMP, '');
  // What was saved while the build ran may not be in it.
  await utimes(STAMP, begun, begun);
  return 0;
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
