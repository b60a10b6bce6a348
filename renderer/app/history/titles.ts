import type { HistoryRun, UpdateRun } from '../../../main/contract/runs.js';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import { wasCancelled } from '../../../main/contract/update-outcome.js';
import { thingsOf, type Messages } from '../../../main/messages/index.js';
import { isMixed } from '../cleanup/plan-view.js';

/** What a run did, in one line; whom it left alone is told by its containers. */
export function titleOf(run: HistoryRun, m: Messages): string {
  if (run.kind !== 'clean' && run.kind !== 'undo') return updatesTitle(run, m);
  const done = run.kind === 'clean' ? run.removed : run.restored;
  return m.window.history.did[run.kind](
    isMixed(done) ? m.window.common.items(done.length) : m.things(thingsOf(done)),
  );
}

function updatesTitle(run: UpdateRun, m: Messages): string {
  const words = m.window.history;
  const [only, ...others] = run.containers;
  if (only === undefined) return words.outcome[run.outcome ?? 'running'];
  if (others.length > 0 && run.containers.every(({ result }) => result !== null))
    return words.containers(
      m.update.summary(run.containers),
      run.containers.map(({ container }) => container),
    );
  const { from, to } = m.update.versionPair(only.from, only.to);
  const isOff = only.result?.state === 'rolled-back' && wasCancelled(only.result);
  const end = isOff ? 'cancelled' : (only.result?.state ?? 'running');
  return words.updated[end](only.container, from, to);
}

/** Whether the title of a run of one container says from which version it went to which. */
export const namesVersions = (result: UpdateResult | null): boolean =>
  result?.state === 'updated' || result?.state === 'rolled-back' || result?.state === 'restored';

/** Whether anything of a run went wrong, so that it is marked as such: never that a person stopped it. */
export function wentWrong(run: HistoryRun): boolean {
  if (run.kind !== 'clean' && run.kind !== 'undo')
    return run.containers.some(({ result }) => isBad(result));
  const isWhole = run.outcome === null || run.outcome === 'done' || run.outcome === 'cancelled';
  return !isWhole || run.failed.length > 0;
}

/** How many updates runs took: as many as went through, of however few containers. */
export function updatesIn(runs: readonly HistoryRun[]): number {
  const results = runs.flatMap((run) => (run.kind === 'update' ? run.containers : []));
  return results.filter(({ result }) => result?.state === 'updated').length;
}

/** Whether what became of a container is no end that anyone wanted. */
export function isBad(result: UpdateResult | null): boolean {
  const isBack = result?.state === 'rolled-back' && !wasCancelled(result);
  return isBack || result?.state === 'failed';
}
