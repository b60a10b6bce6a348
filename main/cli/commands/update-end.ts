import type { UpdateRun } from '../../contract/runs.js';
import type { UpdateRow } from '../../contract/updates.js';
import { exitOfUpdates } from '../acts.js';
import type { Context } from '../context.js';
import { updateRunOf } from '../update-documents.js';
import { updateRunLines } from '../update-lines.js';

/** What each container runs now, as a step speaks of it. */
export function versionsOf(
  { m }: Context,
  rows: readonly UpdateRow[],
): (container: string) => string {
  const names = new Map(rows.map((row) => [row.container, m.update.versionName(row.now)]));
  return (container) => names.get(container) ?? '';
}

/** What a command answers at the end of a run. */
export function ended({ m }: Context, run: UpdateRun) {
  return {
    document: updateRunOf(run),
    lines: ['', ...updateRunLines(m, run)],
    exit: exitOfUpdates(run),
  };
}
