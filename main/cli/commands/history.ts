import { exit } from '../../contract/exit.js';
import { askedBy, type HistoryRun, runKind } from '../../contract/runs.js';
import { CareenError } from '../../domain/errors.js';
import { isWanted } from '../../services/journal/filter.js';
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
  const filter = { since, until, kind, by, item: options.item ?? null };
  const named = options.run === undefined ? null : await runOf(careen, options.run);
  const runs = named
    ? [named].filter((run) => isWanted(run, filter))
    : (await careen.call('history', filter)).runs;
  const filtered = Object.keys(options).length > 0;
  const [only] = runs;
  const asked = { ...filter, runId: named?.runId ?? null, format: 'csv' } as const;
  return {
    document: { runs: runs.map(historyRunOf) },
    lines: options.csv
      ? (await careen.call('history.export', asked)).text.trimEnd().split('\n')
      : options.run !== undefined && only && runs.length === 1
        ? runLines(m, only, now())
        : historyLines(m, runs, now(), filtered),
    exit: exit.done,
  };
}

/** The run that is meant, out of all. Throws `input-invalid` for one that is not in the history. */
async function runOf(session: Session, given: string): Promise<HistoryRun> {
  const { runs } = await session.call('history', { since: null });
  return runNamed(runs, given, { option: '--run', expected: 'any-run-id' });
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
