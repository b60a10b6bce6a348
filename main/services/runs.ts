import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import { CareenError } from '../domain/errors.js';

/** One mutating run, while it is queued or under way. */
export interface Run {
  readonly runId: string;
  /** Aborted when someone cancels; a run ends at its next safe point. */
  readonly signal: AbortSignal;
}

/**
 * The one queue of runs that change an engine: triggers and people only enqueue, and no two runs
 * are ever under way together (DESIGN §2).
 */
export class Runs extends EventEmitter<{ changed: [] }> {
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #cancels = new Map<string, AbortController>();

  constructor(
    /** Asked before each run: is the data home still ours? Throws when it is not. */
    private readonly mayRun: () => Promise<void>,
  ) {
    super();
  }

  /** Runs waiting for their turn. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Whether a run is under way or waiting. */
  get busy(): boolean {
    return this.#cancels.size > 0;
  }

  /** Queues `work`; resolves with its result, rejects with its failure or `run-cancelled`. */
  async enqueue<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const runId = randomUUID();
    const cancel = new AbortController();
    this.#cancels.set(runId, cancel);
    this.emit('changed');
    try {
      return await this.#queue.add(async () => {
        if (cancel.signal.aborted) throw new CareenError('run-cancelled', {});
        await this.mayRun();
        return work({ runId, signal: cancel.signal });
      });
    } finally {
      this.#cancels.delete(runId);
      this.emit('changed');
    }
  }

  /** Asks a run to end at its next safe point; a run that is over is left alone. */
  cancel(runId: string): void {
    this.#cancels.get(runId)?.abort();
  }

  /** Cancels what waits or runs, and resolves when nothing is under way any more. */
  async close(): Promise<void> {
    for (const cancel of this.#cancels.values()) cancel.abort();
    await this.#queue.onIdle();
  }
}
