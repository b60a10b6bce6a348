import { spawn } from 'node:child_process';

/**
 * Writes one line for the person at the terminal. It goes to stderr, so that a script's stdout stays
 * for its result.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a command to its end and gives what it printed; never through a shell.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options] timeout in milliseconds
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} code 127 when there is no such
 *   command, 124 when the time was up; it never rejects
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: stderr + error.message }));
    child.on('close', (code) => resolve({ code: code ?? 124, stdout, stderr }));
  });
}

/**
 * Like `capture`, but a failure is an error.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number }} [options]
 * @returns {Promise<string>} what it wrote to stdout
 * @throws {Error} with the command and the last lines it wrote
 */
export async function must(command, args, options = {}) {
  const { code, stdout, stderr } = await capture(command, args, options);
  if (code === 0) return stdout;
  const last = (stderr.trim() || stdout.trim()).split('\n').slice(-4).join('\n');
  throw new Error(`"${[command, ...args].join(' ')}" ended with ${code}:\n${last}`);
}

/**
 * Runs a command that writes straight to this terminal.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code; 128 + n after signal n, 127 when it could not be started
 */
export function show(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.on('error', (error) => {
      say(`${command} could not be started: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 128));
  });
}

/** @param {number} ms @returns {Promise<void>} */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Whether a process with that id lives. A zombie does not: it only waits for its parent to look.
 * @param {number} pid
 */
export async function alive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return !/^State:\s+[ZX]/m.test(status);
}
