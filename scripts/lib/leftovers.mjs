import { readFile, readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { alive, capture, sleep } from './process.mjs';

/**
 * Ends what an engine that was killed leaves: containers, their shims, containerd, cgroups. Only what
 * names this engine's own folder or cgroup is touched.
 * @param {string} home the engine's folder, with a slash at the end
 * @param {string} cgroup its cgroup's path, from the root of each hierarchy
 */
export async function endLeftovers(home, cgroup) {
  await killAll([...(await processesNaming(home)), ...(await processesIn(cgroup))]);
  for (const root of await hierarchies()) await removeTree(path.join(root, cgroup));
}

/**
 * Kills processes and waits until they are gone, two seconds at most.
 * @param {number[]} pids
 */
export async function killAll(pids) {
  const deadline = Date.now() + 2000;
  for (const pid of new Set(pids))
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue;
    }
  for (const pid of pids) while ((await alive(pid)) && Date.now() < deadline) await sleep(20);
}

/** @param {string} text @returns {Promise<number[]>} processes whose command line holds it */
async function processesNaming(text) {
  const found = [];
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    // A test that has the folder as an argument is none of them.
    const program = path.basename(command.split('\0')[0] ?? '');
    if (/^(containerd|dockerd|docker-registry)/.test(program) && command.includes(text))
      found.push(Number(entry));
  }
  return found;
}

/** @returns {Promise<string[]>} the mount points of cgroup v1's hierarchies, or v2's one */
async function hierarchies() {
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  return [...mounts.matchAll(/^\S+ (\S+) cgroup2? /gm)].map((match) => match[1] ?? '');
}

/** @param {string} cgroup @returns {Promise<number[]>} */
async function processesIn(cgroup) {
  const found = new Set();
  for (const root of await hierarchies())
    for (const folder of await treeOf(path.join(root, cgroup))) {
      const text = await readFile(path.join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
      for (const pid of text.split('\n')) if (Number(pid) > 0) found.add(Number(pid));
    }
  return [...found];
}

/** @param {string} folder @returns {Promise<string[]>} it and all below, the deepest last */
async function treeOf(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (!entries) return [];
  const below = entries.filter((entry) => entry.isDirectory());
  const nested = await Promise.all(below.map((entry) => treeOf(path.join(folder, entry.name))));
  return [folder, ...nested.flat()];
}

/** @param {string} folder */
async function removeTree(folder) {
  for (const one of (await treeOf(folder)).reverse()) await rmdir(one).catch(() => {});
}

/**
 * Unmounts, the innermost first.
 * @param {string[]} places a mount point, or with a slash at the end everything below a folder
 */
export async function unmountAll(places) {
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  const points = [...mounts.matchAll(/^\S+ (\S+) /gm)].map((match) => match[1] ?? '');
  const ours = points.filter((point) =>
    places.some((place) => (place.endsWith('/') ? point.startsWith(place) : point === place)),
  );
  for (const point of ours.reverse())
    if ((await capture('umount', [point])).code !== 0) await capture('umount', ['-l', point]);
}
