import type { CleanRun, HistoryRun } from '../../../main/contract/runs.js';

type Removed = CleanRun['removed'][number];

/** What undoing one removed thing takes, as far as is known. */
export type Back = 'pull' | 'made-again' | 'unknown' | 'none';

export function backOf({ kind, pull, recoverable }: Removed): Back {
  if (kind === 'network' || kind === 'buildCache') return 'made-again';
  if (recoverable.state === 'no' || kind !== 'image') return 'none';
  return pull.length > 0 ? 'pull' : 'unknown';
}

/** Whether anything of a run can be pulled again. */
export const canUndo = (run: HistoryRun): run is CleanRun =>
  run.kind === 'clean' && run.removed.some((item) => backOf(item) === 'pull');
