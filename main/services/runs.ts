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
  #closed = false;

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

  /**
   * Queues `work`; resolves with its result, rejects with its failure, or with `run-cancelled` as
   * soon as it is cancelled while it waits, and at once after `close`. `token`: a name by which it
   * can be cancelled too.
   */
  async enqueue<T>(work: (run: Run) => Promise<T>, token: string | null = null): Promise<T> {
    if (this.#closed) throw new CareenError('run-cancelled', {});
    const runId = randomUUID();
    const cancel = new AbortController();
    const wait = new AbortController();
    const leave = () => wait.abort(new CareenError('run-cancelled', {}));
    cancel.signal.addEventListener('abort', leave);
    const names = token === null ? [runId] : [runId, token];
    for (const name of names) this.#cancels.set(name, cancel);
    this.emit('changed');
    try {
      return await this.#queue.add(
        async () => {
          // From its turn on it ends by itself, at its next safe point.
          cancel.signal.removeEventListener('abort', leave);
          await this.mayRun();
          return work({ runId, signal: cancel.signal });
        },
        { signal: wait.signal },
      );
    } finally {
      for (const name of names) this.#cancels.delete(name);
      this.emit('changed');
    }
  }

  /** Asks a run, by its ID or token, to end at its next safe point; one that is over is left alone. */
  cancel(name: string): void {
    this.#cancels.get(name)?.abort();
  }

  /** Cancels what waits or runs, takes nothing more, and resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#cancels.values()) cancel.abort();
    await this.#queue.onIdle();
  }
}
