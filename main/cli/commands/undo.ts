import { exit } from '../../contract/exit.js';
import { confirm, exitOf, underWay } from '../acts.js';
import { say, type Context, type Output } from '../context.js';
import { nothingUndone, undoOf } from '../run-documents.js';
import { meantBy, runNamed } from '../input.js';
import { runLines, undoLines } from '../run-lines.js';

export interface UndoOptions {
  only: string[];
  yes?: boolean;
}

/** `careen undo RUN`: shows what can be pulled again, asks unless told yes, and pulls it. */
export async function undo(
  context: Context,
  given: string,
  options: UndoOptions,
): Promise<Output<'undo'>> {
  const { m, now } = context;
  const session = await context.session();
  const { runs } = await session.call('history', { since: null, kind: 'clean' });
  const { runId } = runNamed(runs, given, { option: 'RUN', expected: 'run-id' });
  const { items } = await session.call('undo.preview', { runId });
  if (!options.yes || !context.json) for (const line of undoLines(m, items)) say(context, line);
  const back = items.filter(({ pull }) => pull !== null);
  const only =
    options.only.length === 0
      ? null
      : options.only.map(
          (text) => meantBy(items, text, { option: '--only', expected: 'run-item' }).id,
        );
  const wanted = only === null ? back : back.filter(({ id }) => only.includes(id));
  if (wanted.length === 0)
    return { document: nothingUndone(runId), lines: [m.cli.undo.nothing], exit: exit.done };
  if (!options.yes) await confirm(context, 'undo', m.cli.undo.confirm(wanted.length));
  const run = await underWay(context, session, (token) =>
    session.call('undo.run', { runId, only, token }),
  );
  return {
    document: undoOf(run),
    lines: ['', m.cli.undo.done(run.restored.length), ...runLines(m, run, now())],
    exit: exitOf(run),
  };
}
