import { constants } from 'node:os';
import { version } from '../../package.json';
import { toCareenError } from '../domain/errors.js';
import { messages, resolveLanguage } from '../messages/index.js';
import { run } from './run.js';
import { terminalOver } from './terminal.js';
import type { OpenSession } from './session.js';

/** Loaded only for commands that need an engine or the data home. */
const openSession: OpenSession = async (options) => {
  const { open } = await import('./open.js');
  return open({ ...options, version, report });
};

const { env, stdin, stdout, stderr } = process;
const locales = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].filter((text) => text);
const language = resolveLanguage('system', locales.slice(0, 1).map(String));
const terminal = terminalOver(stdin, stdout, stderr);

function report(error: unknown): void {
  terminal.note(`careen: ${messages(language).error(toCareenError(error))}`);
}

/** A reader that went away (`careen plan | head`) ends the writing and is no failure. */
for (const stream of [stdout, stderr])
  stream.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code !== 'EPIPE') throw e;
  });

let interrupted: (() => void) | null = null;

// By its exit, not by the signal, it takes along what it started: an ssh on a dead link would outlive it.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (interrupted) interrupted();
    else process.exit(128 + constants.signals[signal]);
  });

async function main(): Promise<void> {
  process.exitCode = await run({
    args: process.argv.slice(2),
    version,
    language,
    terminal,
    now: () => Date.now(),
    openSession,
    onInterrupt: (act) => {
      interrupted = act;
      return () => {
        if (interrupted === act) interrupted = null;
      };
    },
  });
  for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write('', resolve));
  // A name server that is silent would hold the process long after its answer.
  process.exit();
}

void main();
