import { mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { disposeDockerd } from './dockerd.mjs';
import { killAll, unmountAll } from './leftovers.mjs';
import { alive, capture, must } from './process.mjs';

/**
 * A test run, or a test process started without one, owns a folder and a network namespace for each
 * of its lanes. Both carry its process id, so that whoever comes next can tell those of the dead.
 * @param {string} name
 */
function runOf(name) {
  return { folder: path.join(tmpdir(), name), namespace: name };
}

/**
 * Makes folder and namespace of this process, after clearing away what dead runs left.
 * @param {number} [lane] of those that run side by side and would take each other's ports
 * @returns {Promise<{ folder: string, namespace: string }>}
 */
export async function openRun(lane = 1) {
  await sweepDeadRuns();
  const run = runOf(`careen-${process.pid}-${lane}`);
  await mkdir(run.folder, { recursive: true, mode: 0o711 });
  await must('ip', ['netns', 'add', run.namespace]);
  await must('ip', ['-n', run.namespace, 'link', 'set', 'lo', 'up']);
  return run;
}

/**
 * Ends whatever still runs in the run's namespace or from its folder, and takes both away.
 * @param {{ folder: string, namespace: string }} run
 */
export async function closeRun({ folder, namespace }) {
  await killInside(namespace);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries)
    if (entry.isDirectory()) await disposeDockerd(path.join(folder, entry.name));
  await unmountAll([`${folder}/`]);
  await rm(folder, { recursive: true, force: true });
  // A swarm's nodes have namespaces of their own beside it.
  const { stdout } = await capture('ip', ['netns', 'list']);
  const names = stdout.split('\n').map((line) => line.split(' ')[0] ?? '');
  for (const beside of names.filter((name) => name.startsWith(`${namespace}-`))) {
    await killInside(beside);
    await capture('ip', ['netns', 'del', beside]);
  }
  await capture('ip', ['netns', 'del', namespace]);
}

/** @param {string} namespace */
async function killInside(namespace) {
  const { stdout } = await capture('ip', ['netns', 'pids', namespace]);
  const inside = stdout
    .split('\n')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  await killAll(inside);
}

async function sweepDeadRuns() {
  const entries = await readdir(tmpdir());
  for (const name of entries) {
    const pid = /^careen-(\d+)-\d+$/.exec(name)?.[1];
    if (pid !== undefined && !(await alive(Number(pid)))) await closeRun(runOf(name));
  }
}
