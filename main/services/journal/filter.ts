import type { AskedBy, HistoryRun } from '../../contract/runs.js';
import type { Millis } from '../../domain/facts.js';

/** Which runs of the history are wanted; null asks for all. */
export interface HistoryFilter {
  since: Millis | null;
  until: Millis | null;
  kind: HistoryRun['kind'] | null;
  by: AskedBy | null;
  /**
   * Part of an item's name, or the beginning of its ID with or without `sha256:`; or the beginning of
   * the run's own ID, six characters or more.
   */
  item: string | null;
  runId: string | null;
}

/** Characters of a run's ID from which on a text is taken to mean it: a name is seldom that. */
const ofRunId = 6;

/** Whether a run is wanted. `since` and `until` bound the time in which it was under way. */
export function isWanted(run: HistoryRun, filter: Partial<HistoryFilter>): boolean {
  const { since = null, until = null, kind = null, by = null, item = null, runId = null } = filter;
  return (
    (since === null || (run.endedAt ?? run.startedAt) >= since) &&
    (until === null || run.startedAt <= until) &&
    (kind === null || run.kind === kind) &&
    (by === null || run.by === by) &&
    (runId === null || run.runId === runId) &&
    (item === null ||
      (item.length >= ofRunId && run.runId.startsWith(item.toLowerCase())) ||
      itemsOf(run).some((one) => speaksOf(one, item)))
  );
}

function itemsOf(run: HistoryRun): { id: string; refs: string[] }[] {
  if ('containers' in run)
    return run.containers.flatMap(({ container, reference, from, to }) =>
      [from, to].map(({ imageId, digest }) => ({
        id: imageId ?? '',
        refs: [container, reference, ...(digest === null ? [] : [digest])],
      })),
    );
  const changed = run.kind === 'clean' ? run.removed : run.restored;
  return [...changed, ...run.skipped, ...run.failed];
}

function speaksOf({ id, refs }: { id: string; refs: string[] }, item: string): boolean {
  const wanted = item.toLowerCase();
  return (
    id.startsWith(wanted) ||
    id.startsWith(`sha256:${wanted}`) ||
    refs.some((ref) => ref.toLowerCase().includes(wanted))
  );
}
