import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cachePath } from './cache.mjs';
import { LONGEST_HOME, disposeDockerd, startDockerd } from './dockerd.mjs';
import { call, ping } from './engine-api.mjs';
import { PRACTICE_CONTAINERS, PRACTICE_POLICY, practiceImages } from './practice-images.mjs';
import { alive, say } from './process.mjs';

/**
 * @typedef {{ env: NodeJS.ProcessEnv }} Practice what the app is told by
 */

/** @returns {string} its folder; in the cache unless that lies too deep for its sockets */
function engineHome() {
  const home = cachePath('practice');
  return home.length <= LONGEST_HOME ? home : path.join(tmpdir(), 'careen-practice');
}

/**
 * Starts the practice engine: a real dockerd without networking, on a socket of its own, with images
 * and containers of several ages. Its data home is new each time and apart from the real one.
 * @param {import('./engines.mjs').EngineVersion} version
 * @returns {Promise<Practice>}
 */
export async function startPractice(version) {
  const home = engineHome();
  const socket = path.join(home, 'docker.sock');
  const data = cachePath('practice-home');
  const env = { CAREEN_PRACTICE_SOCKET: socket, CAREEN_HOME: data };
  const owner = Number(await readFile(path.join(home, 'owner'), 'utf8').catch(() => ''));
  if (owner && (await alive(owner)) && (await ping(socket, 2000))) {
    say('The practice engine runs already, for another `npm start`.');
    return { env };
  }
  await disposeDockerd(home);
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(path.join(data, 'policy.yaml'), PRACTICE_POLICY, { mode: 0o600 });
  await mkdir(home, { recursive: true, mode: 0o711 });
  await writeFile(path.join(home, 'owner'), String(process.pid));
  try {
    await startDockerd({
      version,
      home,
      network: null,
      // By this the app tells it from a person's own engine.
      args: ['--label', 'careen.practice=true'],
    });
    say('Filling the practice engine with sample images.');
    await fill(socket);
  } catch (error) {
    await endPractice();
    throw error;
  }
  return { env };
}

/** Takes this process's practice engine and its data root away; at any time, also half started. */
export async function endPractice() {
  const home = engineHome();
  const owner = await readFile(path.join(home, 'owner'), 'utf8').catch(() => '');
  if (owner === String(process.pid)) await disposeDockerd(home);
}

/** @param {string} socket */
async function fill(socket) {
  // It needs an npm package, and this file is read before there are any.
  const { imageArchive } = await import('./image-archive.mjs');
  const { stream, images } = imageArchive(practiceImages(new Date()), 'practice');
  await Promise.all([call(socket, 'POST', '/images/load?quiet=1', stream), images]);
  for (const { name, image, cmd, ends } of PRACTICE_CONTAINERS) {
    const { Id } = await call(socket, 'POST', `/containers/create?name=${name}`, {
      Image: image,
      Cmd: cmd,
      HostConfig: { NetworkMode: 'none', Init: true },
    });
    await call(socket, 'POST', `/containers/${Id}/start`);
    if (ends) await call(socket, 'POST', `/containers/${Id}/wait`);
  }
}
