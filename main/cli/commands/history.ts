import { exit } from '../../contract/exit.js';
import { askedBy, runKind } from '../../contract/runs.js';
import { CareenError } from '../../domain/errors.js';
import type { Context, Output } from '../context.js';
import { parseTime, runNamed } from '../input.js';
import { historyRunOf } from '../run-documents.js';
import { historyLines, runLines } from '../run-lines.js';
import type { Session } from '../session.js';

export interface HistoryOptions {
  since?: string;
  before?: string;
  kind?: string;
  by?: string;
  item?: string;
  run?: string;
  csv?: boolean;
}

/** `careen history`: past runs, one of them whole with `--run`, or those asked for as CSV. */
export async function history(
  context: Context,
  options: HistoryOptions,
): Promise<Output<'history'>> {
  const { session, m, now, json } = context;
  const since = options.since === undefined ? null : parseTime('--since', options.since);
  const until = options.before === undefined ? null : parseTime('--before', options.before);
  if (options.csv && json)
    throw new CareenError('input-invalid', {
      what: '--csv',
      found: '--json',
      expected: 'csv-or-json',
    });
  const careen = await session();
  const kind = oneOf('--kind', 'run-kind', runKind.options, options.kind);
  const by = oneOf('--by', 'asked-by', askedBy.options, options.by);
  const filter = {
    since,
    until,
    kind,
    by,
    item: options.item ?? null,
    runId: options.run === undefined ? null : await runIdOf(careen, options.run),
  };
  const { runs } = await careen.call('history', filter);
  const filtered = Object.keys(options).length > 0;
  const [only] = runs;
  return {
    document: { runs: runs.map(historyRunOf) },
    lines: options.csv
      ? (await careen.call('history.export', { ...filter, format: 'csv' })).text
          .trimEnd()
          .split('\n')
      : options.run !== undefined && only && runs.length === 1
        ? runLines(m, only, now())
        : historyLines(m, runs, now(), filtered),
    exit: exit.done,
  };
}

/** The whole ID of a run. Throws `input-invalid` for one that is not in the history. */
async function runIdOf(session: Session, given: string): Promise<string> {
  const { runs } = await session.call('history', { since: null });
  return runNamed(runs, given, { option: '--run', expected: 'any-run-id' }).runId;
}

/** A word of a list, or null where none was given. Throws `input-invalid`. */
function oneOf<T extends string>(
  option: string,
  expected: string,
  known: readonly T[],
  given: string | undefined,
): T | null {
  if (given === undefined) return null;
  const found = known.find((word) => word === given);
  if (found !== undefined) return found;
  throw new CareenError('input-invalid', { what: option, found: given, expected });
}
