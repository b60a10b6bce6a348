import type { ErrorDocument } from '../contract/documents/index.js';
import { exit, exitCodeOf } from '../contract/exit.js';
import { CareenError, toCareenError } from '../domain/errors.js';
import { messages, type Language, type Messages } from '../messages/index.js';
import type { Chosen, Context, Output } from './context.js';
import { failureOf } from './document-parts.js';
import { failureLines } from './failure-lines.js';
import { program, type GlobalOptions } from './program.js';
import type { OpenSession, Session } from './session.js';
import type { Terminal } from './terminal.js';
import { isAnswered } from './usage.js';

/** What the command line is handed by its entry. */
export interface Surroundings {
  /** Without the program's own name. */
  args: readonly string[];
  version: string;
  language: Language;
  terminal: Terminal;
  now: () => number;
  openSession: OpenSession;
  /** Calls at each interrupt; gives the way to stop. */
  onInterrupt: (act: () => void) => () => void;
}

/**
 * Runs one command line: exactly one document on stdout with `--json`, lines else.
 *
 * @returns the exit code
 */
export async function run(surroundings: Surroundings): Promise<number> {
  const { args, terminal, language } = surroundings;
  const m = messages(language);
  // A usage error ends the parsing before its options are known.
  let json = beforeDashes(args).includes('--json');
  const opened: Sessions = { session: null };
  try {
    let chosen: Chosen | null = null;
    const careen = program(m, surroundings.version, terminal, (c) => (chosen = c));
    try {
      careen.parse(args, { from: 'user' });
    } catch (e) {
      if (isAnswered(e)) return exit.done;
      throw e;
    }
    const options = careen.opts<GlobalOptions>();
    json = options.json === true;
    if (chosen === null) throw new CareenError('internal', { message: 'no command was chosen' });
    const output = await perform(chosen, surroundings, options, opened);
    if (json) terminal.document(output.document);
    else for (const line of output.lines) terminal.out(line);
    return output.exit;
  } catch (e) {
    const error = toCareenError(e);
    for (const line of failureLines(m, error)) terminal.note(`careen: ${line}`);
    if (json) terminal.document({ error: failureOf(error) } satisfies ErrorDocument);
    return exitCodeOf(error.code);
  } finally {
    // After the answer: others may still be at work through this process.
    await close(opened, surroundings, m);
  }
}

interface Sessions {
  /** Opened by the first command that needs one. */
  session: Promise<Session> | null;
}

function beforeDashes(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

/** Runs a command to its end or to the first interrupt. */
async function perform(
  chosen: Chosen,
  surroundings: Surroundings,
  options: GlobalOptions,
  opened: Sessions,
): Promise<Output> {
  const { openSession, onInterrupt, terminal, now, language } = surroundings;
  let act: (() => void) | null = null;
  const interrupted = new AbortController();
  let stop: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    stop = onInterrupt(() => {
      interrupted.abort();
      if (act) act();
      else reject(new CareenError('run-cancelled', {}));
    });
  });
  const context: Context = {
    m: messages(language),
    json: options.json === true,
    terminal,
    now,
    session: () =>
      (opened.session ??= openSession({
        ...(options.home === undefined ? {} : { home: options.home }),
        ...(options.engine === undefined ? {} : { engine: options.engine }),
      })),
    onInterrupt: (next) => (act = next),
    interrupted: interrupted.signal,
  };
  try {
    return await Promise.race([chosen(context), ended]);
  } finally {
    stop();
  }
}

/**
 * Closes what a command opened, once nobody else's command goes through it. An interrupt meanwhile
 * ends nothing of theirs; the next one has its usual effect.
 */
async function close(
  { session }: Sessions,
  { onInterrupt, terminal }: Surroundings,
  m: Messages,
): Promise<void> {
  // A failure to open it has been told by the command already.
  const [opened] = await Promise.allSettled([session]);
  if (opened.status === 'rejected' || opened.value === null) return;
  const stop = onInterrupt(() => {
    stop();
    terminal.note(m.cli.endsAll);
  });
  try {
    await opened.value.close(() => terminal.note(m.cli.staying));
  } finally {
    stop();
  }
}
