import { spawn } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { hasDisplay, onVirtualDisplay } from './display.mjs';
import { ROOT } from './modules.mjs';
import { alive, say, sleep } from './process.mjs';

/** How long the app may take to end by itself. */
const PATIENCE = 8000;

/**
 * Starts the app.
 * @param {import('./electron.mjs').Electron} electron
 * @param {string[]} args for the app
 * @param {NodeJS.ProcessEnv} env set on top of this process's
 * @returns {{ ended: Promise<number>, end: () => Promise<void> }} its exit code, and how to end it
 *   with all that was started for it
 */
export function startApp(electron, args, env) {
  const command = [electron.executable, ROOT, ...flags(), ...args];
  const [program = '', ...rest] = hasDisplay() ? command : onVirtualDisplay(command);
  const windows = process.platform === 'win32';
  const child = spawn(program, rest, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: the virtual display's helpers end with it, and only they.
    detached: !windows,
  });
  let asked = false;
  return {
    ended: new Promise((resolve) => {
      child.on('error', (error) => {
        say(`Electron could not be started: ${error.message}`);
        resolve(127);
      });
      child.on('close', (status) => resolve(asked ? 0 : (status ?? 1)));
    }),
    end: async () => {
      if (asked) return;
      asked = true;
      await endApp(child.pid, electron.executable, windows);
    },
  };
}

function flags() {
  if (process.platform !== 'linux') return [];
  const list = [];
  if (process.getuid?.() === 0) {
    say('You are root, and Chromium has no sandbox as root: starting with --no-sandbox.');
    list.push('--no-sandbox');
  }
  if (!hasDisplay()) {
    say('There is no display: starting on a virtual one, which nobody sees.');
    list.push('--disable-gpu');
  }
  return list;
}

/**
 * Asks the app itself to quit; its display unwinds by itself then.
 * @param {number | undefined} pid @param {string} executable @param {boolean} windows
 */
async function endApp(pid, executable, windows) {
  if (!pid) return;
  const apps = windows ? [pid] : await membersOf(pid, executable);
  for (const one of apps.length > 0 ? apps : [pid]) signal(one, 'SIGTERM');
  const deadline = Date.now() + PATIENCE;
  while ((await alive(pid)) && Date.now() < deadline) await sleep(50);
  signal(windows ? pid : -pid, 'SIGKILL');
}

/**
 * @param {number} group @param {string} executable
 * @returns {Promise<number[]>} its processes in that group, without their children of the same kind
 */
async function membersOf(group, executable) {
  /** @type {Map<number, number>} */
  const parents = new Map();
  for (const entry of await readdir('/proc').catch(() => [])) {
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    // After the command's name, which may hold anything: state, parent, group.
    const [, parent, its] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(its) !== group) continue;
    if ((await readlink(`/proc/${entry}/exe`).catch(() => '')) === executable)
      parents.set(Number(entry), Number(parent));
  }
  return [...parents].filter(([, parent]) => !parents.has(parent)).map(([pid]) => pid);
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    return;
  }
}
