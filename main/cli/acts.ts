import { randomUUID } from 'node:crypto';
import { exit } from '../contract/exit.js';
import type { CleanRun, UndoRun, UpdateRun } from '../contract/runs.js';
import type { UpdateResult } from '../contract/update-steps.js';
import { CareenError, toCareenError } from '../domain/errors.js';
import type { Context } from './context.js';
import { progressTo } from './progress.js';
import type { Session } from './session.js';

/** Acts that a person is asked about. */
type Act =
  | 'clean'
  | 'undo'
  | 'update'
  | 'rollback'
  | 'release'
  | 'engine-remove'
  | 'engine-same'
  | 'engine-another'
  | 'engine-join'
  | 'engine-part';

/** Asks a person on a terminal. Throws `not-confirmed` without a yes, `run-cancelled` at an interrupt. */
export async function confirm(
  { m, terminal, interrupted }: Context,
  act: Act,
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
 *
 * @param versionOf what a container ran before, for steps that speak of it
 */
export async function underWay<T>(
  context: Context,
  session: Session,
  start: (token: string) => Promise<T>,
  versionOf: (container: string) => string = () => '',
): Promise<T> {
  const token = randomUUID();
  const progress = progressTo(context.terminal, context.m, versionOf);
  let wanted = false;
  const cancel = () => {
    const note = (e: unknown) => context.terminal.note(context.m.error(toCareenError(e)));
    session.call('run.cancel', { runId: token }).catch(note);
  };
  const stop = session.onRun((run) => {
    progress.tell(run);
    // Before it is queued there is nothing to cancel yet: asked again until it is heard.
    const mine = [run.current, run.update].find((one) => one?.token === token);
    const heard = mine?.cancelling === true;
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

/** Why a container was left alone that a person can do something about first. */
const refusals: ReadonlySet<string> = new Set([
  'owned',
  'paused',
  'not-checked',
  'no-room',
  'service',
  'changed',
]);
/** Why one was left alone that was to be updated. */
const hindrances: ReadonlySet<string> = new Set([
  'unreachable',
  'engine-lost',
  'interrupted',
  'gone',
]);

/**
 * The exit code of a run of updates, of rolling back or of releasing. Failed: one that was rolled
 * back by itself included. Refused: nothing was changed, and something stood in the way.
 */
export function exitOfUpdates({
  outcome,
  containers,
}: Pick<UpdateRun, 'outcome' | 'containers'>): number {
  if (outcome === 'cancelled') return exit.cancelled;
  const results = containers.map(({ result }) => result);
  if (outcome !== 'done' || results.some(isFailure)) return exit.failed;
  const changed = results.some((result) => result?.state !== 'skipped');
  const refused = results.some(
    (result) => result?.state === 'skipped' && refusals.has(result.why.code),
  );
  return refused && !changed ? exit.refused : exit.done;
}

function isFailure(result: UpdateResult | null): boolean {
  switch (result?.state) {
    case undefined:
    case 'rolled-back':
    case 'failed':
    case 'taken-over':
      return true;
    case 'skipped':
      return hindrances.has(result.why.code);
    default:
      return false;
  }
}
