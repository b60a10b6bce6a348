import type { HistoryRun } from '../../../main/contract/runs.js';
import type { Messages } from '../../../main/messages/index.js';

/** Who asked for a run, and whose question a person answered by it. */
export function askedOf(run: HistoryRun, m: Messages): string[] {
  const { by } = m.window.history;
  return [by[run.by], ...(run.kind === 'clean' && run.answers ? [by[run.answers]] : [])];
}
