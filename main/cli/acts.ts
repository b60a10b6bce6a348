import { randomUUID } from 'node:crypto';
import { exit } from '../contract/exit.js';
import type { CleanRun, UndoRun } from '../contract/runs.js';
import { CareenError, toCareenError } from '../domain/errors.js';
import type { Context } from './context.js';
import { progressTo } from './progress.js';
import type { Session } from './session.js';

/** Asks a person on a terminal. Throws `not-confirmed` without a yes, `run-cancelled` at an interrupt. */
export async function confirm(
  { m, terminal, interrupted }: Context,
  act: 'clean' | 'undo',
  question: string,
): Promise<void> {
  const answer = terminal.interactive ? await terminal.ask(question, interrupted) : null;
  if (interrupted.aborted) throw new CareenError('run-cancelled', {});
  if (answer === null || !m.cli.yes.includes(answer.trim().toLowerCase()))
    throw new CareenError('not-confirmed', { act });
}

/**
 * Starts a run and tells its progress; an interrupt ends it after what is at work, or at once while
 * it waits its turn.
 */
export async function underWay<T>(
  context: Context,
  session: Session,
  start: (token: string) => Promise<T>,
): Promise<T> {
  const token = randomUUID();
  const progress = progressTo(context.terminal, context.m);
  let wanted = false;
  const cancel = () => {
    const note = (e: unknown) => context.terminal.note(context.m.error(toCareenError(e)));
    session.call('run.cancel', { runId: token }).catch(note);
  };
  const stop = session.onRun((run) => {
    progress.tell(run);
    // Before it is queued there is nothing to cancel yet: asked again until it is heard.
    const heard = run.current?.token === token && run.current.cancelling;
    if (wanted && !heard) cancel();
  });
  context.onInterrupt(() => {
    wanted = true;
    context.terminal.note(context.m.cli.cancelling);
    cancel();
  });
  try {
    return await start(token);
  } finally {
    stop();
    progress.end();
    context.onInterrupt(null);
  }
}

/** The exit code of a clean-up or an undoing that came to an end. Refused: the engine was not well, and nothing went. */
export function exitOf(run: CleanRun | UndoRun): number {
  if (run.outcome === 'cancelled') return exit.cancelled;
  const changed = run.kind === 'clean' ? run.removed : run.restored;
  if (run.outcome === 'unhealthy' && changed.length === 0) return exit.refused;
  return run.outcome === 'done' && run.failed.length === 0 ? exit.done : exit.failed;
}
