import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onVirtualDisplay } from './display.mjs';
import { ROOT, toolEnv } from './modules.mjs';
import { say } from './process.mjs';

/** More than any project needs: a hanging one must not keep what follows from running. */
const LIMIT = 40 * 60_000;
/** What is killed at every step takes hours, and nothing follows it. */
const FAULTS_LIMIT = 12 * 3_600_000;

/**
 * Runs one vitest project and counts its tests.
 * @param {string} project
 * @param {object} options
 * @param {string[]} options.filters what follows on vitest's command line
 * @param {NodeJS.ProcessEnv} options.env set on top of the tools' environment
 * @param {{ folder: string, namespace: string } | null} options.run where it runs: with a display and
 *   a session bus of its own in that namespace; null: right here
 * @param {{ lane: number, of: number } | null} [options.part] the share of its files; null: all
 * @param {import('./tally.mjs').Tally} tally
 */
export async function runProject(project, { filters, env, run, part = null }, tally) {
  const results = await mkdtemp(path.join(tmpdir(), 'careen-results-'));
  const file = path.join(results, 'results.json');
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const unhandled = path.join(results, 'unhandled.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  reporters.push(`--reporter=${path.join(import.meta.dirname, 'unhandled.mjs')}`);
  const command = ['node', vitest, 'run', '--project', project, '--passWithNoTests', ...reporters];
  if (part) command.push(`--shard=${part.lane}/${part.of}`);
  command.push(...filters);
  const inside = run
    ? ['nsenter', `--net=/run/netns/${run.namespace}`, ...onVirtualDisplay(command)]
    : command;
  const runEnv = {
    CAREEN_UNHANDLED: unhandled,
    ...(run ? { CAREEN_RUN_DIR: run.folder, CAREEN_NETNS: run.namespace } : {}),
  };
  try {
    const limit = project === 'faults' ? FAULTS_LIMIT : LIMIT;
    const code = await group(inside, toolEnv({ ...runEnv, ...env }), limit);
    await countResults(project, { file, unhandled }, code, tally);
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}

/**
 * Runs a command as a process group, so that it ends with all that it started.
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {number} most milliseconds, after which all of it is ended
 * @returns {Promise<number | NodeJS.Signals>} its exit code, or the signal that ended it
 * @throws {Error} when this process was told to end: nothing more is to run then
 */
function group([command = '', ...args], env, most) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit', detached: !windows });
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      if (windows || !child.pid) child.kill(signal);
      else process.kill(-child.pid, signal);
    };
    let interrupted = false;
    const interrupt = () => {
      interrupted = true;
      end('SIGTERM');
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const limit = setTimeout(() => end('SIGKILL'), most);
    child.on('error', (error) => say(`${command} could not be started: ${error.message}`));
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      if (interrupted) reject(new Error('Interrupted.'));
      else resolve(code ?? signal ?? 1);
    });
  });
}

/**
 * @param {string} project
 * @param {{ file: string, unhandled: string }} written by the reporters
 * @param {number | NodeJS.Signals} code vitest's own, or what ended it
 * @param {import('./tally.mjs').Tally} tally
 */
async function countResults(project, { file, unhandled }, code, tally) {
  const results = await readJson(file);
  const before = tally.failed;
  for (const { name, message, assertionResults } of results?.testResults ?? []) {
    const place = path.relative(ROOT, name);
    for (const { fullName, status, failureMessages } of assertionResults)
      if (status === 'passed') tally.count(`${place}: ${fullName}`, true);
      else if (status === 'failed')
        tally.count(`${place}: ${fullName}\n${shortened(failureMessages.join('\n'))}`, false);
      else tally.notRun.push(`${place}: ${fullName} (skipped)`);
    if (assertionResults.length === 0) tally.count(`${place}: ${message}`, false);
  }
  const ended = await readJson(unhandled);
  for (const error of ended?.errors ?? [])
    tally.count(`${project}, outside of every test:\n${shortened(error)}`, false);
  // It crashed, or was ended from outside.
  if (code !== 0 && tally.failed === before) {
    const how = `ended with ${code}, its tests ${ended?.reason ?? 'not told of'}`;
    tally.count(`vitest project ${project}: ${how}`, false);
  }
}

/** @param {string} file */
const readJson = async (file) => JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));

/**
 * The beginning of an error: the last lines of a run name what failed, also where little is kept.
 * @param {string} text
 */
const shortened = (text) => text.split('\n').slice(0, 12).join('\n');
