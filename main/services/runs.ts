import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import PQueue from 'p-queue';
import { CareenError } from '../domain/errors.js';
import type { Turn } from './turns.js';

/** One mutating run, while it is queued or under way. */
export interface Run {
  readonly runId: string;
  /** Aborted when someone cancels; a run ends at its next safe point. */
  readonly signal: AbortSignal;
}

/** Turns among several engines; handed in. */
export interface EngineTurns {
  /** Waits for this engine's turn; rejects once `signal` is aborted. */
  take(signal: AbortSignal): Promise<Turn>;
  /** The same at once; null where it would have to wait. */
  takeNow(): Turn | null;
}

/** What was cut off in the middle by way of other addresses of what may be the same engine; handed in. */
export interface CutOffElsewhere {
  /** Waits until it is finished; throws where that cannot be. */
  finished(): Promise<void>;
  /** Whether anything of it is there now. */
  isDue(): boolean;
}

const noneElsewhere: CutOffElsewhere = { finished: () => Promise.resolve(), isDue: () => false };

/** One engine that is alone: its turn is always. */
const always: Turn = {
  giveBack: () => undefined,
  lend: () => undefined,
  again: () => Promise.resolve(),
};
const alone: EngineTurns = { take: () => Promise.resolve(always), takeNow: () => always };

/**
 * The one queue of runs that change an engine: triggers and people only enqueue, and no two runs
 * are ever under way together (DESIGN §2). A run begins at its engine's turn among all engines.
 */
export class Runs extends EventEmitter<{ changed: [] }> {
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #cancels = new Map<string, AbortController>();
  #turn: Turn | null = null;
  #waitsForTurn = false;
  /** Runs that wait for what was cut off elsewhere. */
  #waitElsewhere = 0;
  #closed = false;

  constructor(
    /** Asked before each run: is the data home still ours? Throws when it is not. */
    private readonly mayRun: () => Promise<void>,
    private readonly turns: EngineTurns = alone,
    /** Is finished before a run begins: it could look like something that nobody needs. */
    private readonly elsewhere = noneElsewhere,
  ) {
    super();
  }

  /** Runs waiting for their turn. */
  get waiting(): number {
    return this.#queue.size + (this.#waitsForTurn ? 1 : 0) + this.#waitElsewhere;
  }

  /** Whether a run is under way or waiting. */
  get busy(): boolean {
    return this.#cancels.size > 0;
  }

  /**
   * Queues `work`; resolves with its result, rejects with its failure, or with `run-cancelled` as
   * soon as it is cancelled while it waits, and at once after `stop`. `token`: a name by which it
   * can be cancelled too. `finishes`: it only finishes what was cut off, and waits for no other that does.
   */
  async enqueue<T>(
    work: (run: Run) => Promise<T>,
    token: string | null = null,
    { finishes = false }: { finishes?: boolean } = {},
  ): Promise<T> {
    if (this.#closed) throw new CareenError('run-cancelled', {});
    const runId = randomUUID();
    const cancel = new AbortController();
    const wait = new AbortController();
    const leave = () => wait.abort(new CareenError('run-cancelled', {}));
    cancel.signal.addEventListener('abort', leave);
    const names = token === null ? [runId] : [runId, token];
    for (const name of names) this.#cancels.set(name, cancel);
    this.emit('changed');
    const atItsTurn = async (): Promise<{ result: T } | null> => {
      const turn = await this.#begin(cancel.signal);
      try {
        // Whoever had the turn before may have been cut off.
        if (!finishes && this.elsewhere.isDue()) return null;
        // From here on it ends by itself, at its next safe point.
        cancel.signal.removeEventListener('abort', leave);
        await this.mayRun();
        return { result: await work({ runId, signal: cancel.signal }) };
      } finally {
        this.#turn = null;
        turn.giveBack();
      }
    };
    try {
      for (;;) {
        // Out of the queue: two that wait for each other's would do so for ever.
        if (!finishes) await this.#finishedElsewhere(wait.signal);
        const done = await this.#queue.add(atItsTurn, { signal: wait.signal });
        if (done) return done.result;
      }
    } finally {
      for (const name of names) this.#cancels.delete(name);
      this.emit('changed');
    }
  }

  /**
   * Does something short that changes the engine and is no run of its own, at once; false: others are
   * at work, or all is stopped, and it was not done.
   */
  async atOnce(work: () => Promise<unknown>): Promise<boolean> {
    const turn = this.busy || this.#closed ? null : this.turns.takeNow();
    if (turn === null) return false;
    try {
      await work();
      return true;
    } finally {
      turn.giveBack();
    }
  }

  /**
   * Waits for something while the run under way can do nothing to its engine, as when that is lost:
   * meanwhile it is the turn of others, though of none that may be the same engine, and afterwards
   * this engine's again.
   */
  async apart<T>(wait: () => Promise<T>): Promise<T> {
    const turn = this.#turn;
    if (turn === null) return wait();
    turn.lend();
    try {
      return await wait();
    } finally {
      await turn.again();
    }
  }

  /** Asks a run, by its ID or token, to end at its next safe point; one that is over is left alone. */
  cancel(name: string): void {
    this.#cancels.get(name)?.abort();
  }

  /** Cancels what waits or runs, and takes nothing more. */
  stop(): void {
    this.#closed = true;
    for (const cancel of this.#cancels.values()) cancel.abort();
  }

  /** Stops, and resolves when nothing is under way any more. */
  async close(): Promise<void> {
    this.stop();
    await this.#queue.onIdle();
  }

  async #finishedElsewhere(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#waitElsewhere += 1;
    this.emit('changed');
    try {
      await unlessAborted(this.elsewhere.finished(), signal);
    } finally {
      this.#waitElsewhere -= 1;
    }
  }

  async #begin(signal: AbortSignal): Promise<Turn> {
    this.#waitsForTurn = true;
    try {
      return (this.#turn = await this.turns.take(signal));
    } finally {
      this.#waitsForTurn = false;
      this.emit('changed');
    }
  }
}

/** What is waited for, or the signal's reason as soon as it is aborted. */
function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
