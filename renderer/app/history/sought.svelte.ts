import type { HistoryRun } from '../../../main/contract/runs.js';
import type { Call } from '../state/caller.js';

/** A run that is in no list that is here, and so is asked for by its ID. */
export class SoughtRun {
  /** What the last question came to; `run` is null where it is not kept, `failed` where none was answered. */
  #found = $state.raw<{ runId: string; run: HistoryRun | null; failed: boolean } | null>(null);
  #asked = 0;

  constructor(private readonly call: Call) {}

  async seek(runId: string): Promise<void> {
    const asked = ++this.#asked;
    this.#found = null;
    const answer = await this.call('history', { since: null, runId });
    // Only the answer to the last question is shown.
    if (asked !== this.#asked) return;
    this.#found = { runId, run: answer?.runs[0] ?? null, failed: answer === null };
  }

  /** What is known of a run: null while it is being looked for. */
  of(runId: string): { run: HistoryRun | null; failed: boolean } | null {
    return this.#found?.runId === runId ? this.#found : null;
  }
}
