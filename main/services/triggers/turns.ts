import PQueue from 'p-queue';
import type { Clock, Timer } from '../../adapters/clock.js';
import { beforeSleep, rest } from '../../domain/triggers/schedule.js';

/** One thing after another; nothing begins while the machine is about to sleep or has hardly woken. */
export class Turns {
  isClosed = false;
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #queued = new Set<string>();
  /** When a machine that was about to sleep is taken to be awake. */
  #awake: Timer | null = null;

  constructor(
    private readonly failed: (error: unknown) => void,
    private readonly clock: Clock,
  ) {}

  /** Whether nothing may begin. */
  get isHeld(): boolean {
    return this.isClosed || this.#queue.isPaused;
  }

  /** In its turn, unless what has this key is queued or under way: that stands for it. */
  async once(key: string, work: () => Promise<void>): Promise<void> {
    if (this.#queued.has(key)) return;
    this.#queued.add(key);
    try {
      await this.#inTurn(work);
    } finally {
      this.#queued.delete(key);
    }
  }

  /** In its turn, unless what has this key is queued: what is under way may have missed why. */
  async anew(key: string, work: () => Promise<void>): Promise<void> {
    if (this.#queued.has(key)) return;
    this.#queued.add(key);
    await this.#inTurn(() => {
      this.#queued.delete(key);
      return work();
    });
  }

  /** The machine is about to sleep: nothing is begun until it woke, or stayed awake after all. */
  suspending(): void {
    this.#restFor(beforeSleep);
  }

  /** The machine slept: what waits begins after a rest. */
  woke(): void {
    this.#restFor(rest.wake);
  }

  /** Begins nothing any more; what is under way goes on. */
  close(): void {
    this.isClosed = true;
    this.#queue.clear();
    this.#awake?.cancel();
  }

  #restFor(duration: number): void {
    if (this.isClosed) return;
    this.#queue.pause();
    this.#awake?.cancel();
    this.#awake = this.clock.after(duration, () => this.#queue.start());
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.isClosed) return;
    try {
      await this.#queue.add(async () => {
        if (!this.isClosed) await work();
      });
    } catch (e) {
      this.failed(e);
    }
  }
}
