import { isForPerson } from '../contract/pending.js';
import type { UpdateRun } from '../contract/runs.js';
import type { UpdateRow } from '../contract/updates.js';
import type { UpdatedContainer, UpdateResult } from '../contract/update-steps.js';
import { isNotBack, wasCancelled } from '../contract/update-outcome.js';
import type { Messages, Note } from '../messages/index.js';

/** What became of a container that a person should hear of, whoever asked for the run. */
const astray: ReadonlySet<UpdateResult['state']> = new Set(['rolled-back', 'taken-over']);

/** Not what a person ended themselves. */
const isAstray = ({ result }: UpdatedContainer) =>
  (result !== null && astray.has(result.state) && !wasCancelled(result)) || isNotBack(result);

/** The notification of new versions, of those that a person is to decide on; null: there are none. */
export function noteOfFound(m: Messages, rows: readonly UpdateRow[]): Note | null {
  const told = rows.filter(isForPerson);
  return told.length === 0 ? null : m.updateNote.found(told);
}

/**
 * The notification at the end of a run of updates; null: it is worth none. What went astray is told
 * first, and always, as is what an end of Careen's had left half done; the rest where nobody saw it
 * happen.
 */
export function noteOfEnded(m: Messages, run: UpdateRun): Note | null {
  const told = run.containers
    .filter((one) => isTold(run, one))
    .sort((a, b) => graveness(b) - graveness(a));
  const [first, ...others] = told;
  if (!first) return null;
  return graveness(first) === 0 && others.length > 0
    ? m.updateNote.endedWell(told)
    : m.updateNote.ended(run, first, others);
}

function graveness(updated: UpdatedContainer): number {
  if (isAstray(updated)) return 2;
  return updated.result?.state === 'updated' && updated.recovered === null ? 0 : 1;
}

function isTold({ by }: UpdateRun, updated: UpdatedContainer): boolean {
  if (isAstray(updated) || updated.recovered !== null) return true;
  const { result } = updated;
  if (by === 'tray') return !(result?.state === 'skipped' && result.why.code === 'nothing-new');
  return by === 'check' && result?.state === 'updated';
}
