import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ping } from './engine-api.mjs';
import { enginePath } from './engines.mjs';
import { endLeftovers, unmountAll } from './leftovers.mjs';
import { alive, sleep } from './process.mjs';

/**
 * @typedef {object} DockerdOptions
 * @property {import('./engines.mjs').EngineVersion} version unpacked before by `ensureEngines`
 * @property {string} home a folder of its own (socket, pid file, exec root, log), its path no longer
 *   than `LONGEST_HOME`
 * @property {string} [dataRoot] default: `data` in the home
 * @property {'classic' | 'containerd'} [store] the containerd image store needs 26.1 or newer
 * @property {string} [netns] a named network namespace; without one it runs where this process does
 * @property {{ bridge: string, pool: string } | null} [network] a bridge made for it and an address
 *   pool for user networks; null: no networking at all, nothing of the host's is touched
 * @property {string[]} [args] more flags for dockerd
 * @property {Record<string, string>} [env] more of its environment
 */

/**
 * @typedef {object} Dockerd
 * @property {string} socket
 * @property {string} dataRoot
 * @property {number} pid
 * @property {() => Promise<void>} stop SIGTERM and wait: the engine stops its containers first
 * @property {() => Promise<void>} kill SIGKILL and wait: as a crash leaves it; `startDockerd` with the
 *   same options brings it back
 */

/** 107 bytes for a Unix socket, less the longest one below: exec/containerd/containerd.sock.ttrpc */
export const LONGEST_HOME = 69;

/**
 * Starts a Docker engine on a socket of its own and waits until it answers.
 * @param {DockerdOptions} options
 * @returns {Promise<Dockerd>}
 * @throws {Error} with the end of its log when it does not come up within 60 s
 */
export async function startDockerd(options) {
  const { version, home, netns, args = [], env = {} } = options;
  const dataRoot = options.dataRoot ?? path.join(home, 'data');
  const socket = path.join(home, 'docker.sock');
  if (home.length > LONGEST_HOME)
    throw new Error(`An engine's sockets have no room for a path as long as ${home}.`);
  if (options.store === 'containerd' && version === '20.10')
    throw new Error('Docker 20.10 has no containerd image store: take 26.1 or newer.');
  await mkdir(dataRoot, { recursive: true });
  await forgetTheDead(home);
  const config = path.join(home, 'config.json');
  await writeFile(config, JSON.stringify(configOf(options, dataRoot)));
  const command = [
    ...(netns ? ['nsenter', `--net=/run/netns/${netns}`] : []),
    enginePath(version, 'usr/sbin/dockerd'),
    ...['--config-file', config, '--data-root', dataRoot],
    ...['--exec-root', path.join(home, 'exec'), '--pidfile', path.join(home, 'docker.pid')],
    ...['-H', `unix://${socket}`, '--log-level', 'warn'],
    // Debian has docker-init as a link into a package that not every version comes with.
    ...['--init-path', enginePath('runtime', 'usr/bin/tini-static')],
    // A cgroup of its own names every process that its containers started, whatever became of it.
    ...['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', cgroupOf(home)],
    ...args,
  ];
  const log = path.join(home, 'dockerd.log');
  const out = openSync(log, 'a');
  // nsenter becomes dockerd, so the child's id is the engine's.
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', out, out],
    detached: true,
    env: { ...process.env, PATH: searchPath(version), DOCKER_HOST: undefined, ...env },
  });
  closeSync(out);
  child.unref();
  await new Promise((resolve, reject) =>
    child.once('spawn', () => resolve(null)).once('error', reject),
  );
  const pid = /** @type {number} */ (child.pid);
  await untilUp(socket, pid, log);
  return {
    socket,
    dataRoot,
    pid,
    stop: () => end(pid, 'SIGTERM'),
    kill: () => end(pid, 'SIGKILL'),
  };
}

/**
 * Ends an engine for good: whatever it started, its mounts, its home and data root. Quick, since
 * nothing has to survive.
 * @param {string} home
 * @param {{ dataRoot?: string, keepData?: boolean }} [options] a data root outside the home, and
 *   whether it stays as it is
 */
export async function disposeDockerd(home, { dataRoot = path.join(home, 'data'), keepData } = {}) {
  const pid = Number(await readFile(path.join(home, 'docker.pid'), 'utf8').catch(() => ''));
  if (pid && (await isOurs(pid, home))) await end(pid, 'SIGKILL');
  await endLeftovers(`${home}/`, cgroupOf(home));
  await unmountAll([`${home}/`, `${dataRoot}/`, ...(keepData ? [] : [dataRoot])]);
  if (!keepData) await rm(dataRoot, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
}

/** @param {DockerdOptions} options @param {string} dataRoot */
function configOf({ store, network = null, version }, dataRoot) {
  const config = /** @type {Record<string, unknown>} */ ({});
  // It would keep its ID in the system's /etc/docker, one for all engines.
  if (version === '20.10') config['deprecated-key-path'] = path.join(dataRoot, 'key.json');
  else config.features = { 'containerd-snapshotter': store === 'containerd' };
  if (network) {
    config.bridge = network.bridge;
    config['default-address-pools'] = [{ base: network.pool, size: 24 }];
  } else Object.assign(config, { bridge: 'none', iptables: false, 'ip-forward': false });
  return config;
}

/** @param {import('./engines.mjs').EngineVersion} version */
function searchPath(version) {
  const own = ['usr/sbin', 'usr/bin'].map((folder) => enginePath(version, folder));
  const common = ['usr/sbin', 'usr/bin'].map((folder) => enginePath('runtime', folder));
  return [...own, ...common, '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(':');
}

/** @param {string} home */
function cgroupOf(home) {
  return `/careen-${path.basename(path.dirname(home))}-${path.basename(home)}`;
}

/** @param {string} socket @param {number} pid @param {string} log */
async function untilUp(socket, pid, log) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (await ping(socket, 1000)) return;
    if (!(await alive(pid))) break;
    await sleep(40);
  }
  if (await alive(pid)) await end(pid, 'SIGKILL');
  const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-5);
  throw new Error(`The Docker engine did not come up. Its last words:\n${tail.join('\n')}`);
}

/** @param {number} pid @param {'SIGTERM' | 'SIGKILL'} signal */
async function end(pid, signal) {
  const deadline = Date.now() + 90_000;
  try {
    process.kill(pid, signal);
  } catch {
    return;
  }
  while (await alive(pid)) {
    if (Date.now() > deadline) throw new Error(`The Docker engine (process ${pid}) does not end.`);
    await sleep(20);
  }
}

/** @param {number} pid @param {string} home */
async function isOurs(pid, home) {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return command.includes(`${home}/`);
}

/**
 * After a crash the pid files of dockerd and its containerd can name a zombie, or by now a stranger.
 * Both would take that for themselves, still running, and refuse to start.
 * @param {string} home
 */
async function forgetTheDead(home) {
  const files = ['docker.pid', 'exec/containerd/containerd.pid'];
  for (const file of files.map((name) => path.join(home, name))) {
    const pid = Number(await readFile(file, 'utf8').catch(() => ''));
    if (pid && (await alive(pid)) && (await isOurs(pid, home))) {
      if (file.endsWith('docker.pid'))
        throw new Error(`An engine already runs in ${home} (process ${pid}).`);
      await end(pid, 'SIGKILL');
    }
    await rm(file, { force: true });
  }
}
