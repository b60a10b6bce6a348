import type { Clock, Timer } from '../../main/adapters/clock.js';

interface Waiting {
  at: number;
  act: () => void;
  every: number | null;
}

/** The system's time, with all timers, moved on at once when a test says so. */
export class PassingClock implements Clock {
  readonly #waiting = new Map<Waiting, NodeJS.Timeout>();
  #by = 0;

  now = (): number => Date.now() + this.#by;

  after = (ms: number, act: () => void): Timer => this.#wait(ms, act, null);

  every = (ms: number, act: () => void): Timer => this.#wait(ms, act, ms);

  /** Lets so much time pass at once; what is due by then is called. */
  pass(ms: number): void {
    this.#by += ms;
    for (const [waiting] of [...this.#waiting].sort(([a], [b]) => a.at - b.at))
      if (waiting.at <= this.now()) this.#call(waiting);
  }

  #wait(ms: number, act: () => void, every: number | null): Timer {
    const waiting = { at: this.now() + ms, act, every };
    this.#arm(waiting);
    return {
      cancel: () => {
        clearTimeout(this.#waiting.get(waiting));
        this.#waiting.delete(waiting);
      },
    };
  }

  #arm(waiting: Waiting): void {
    const rest = Math.min(Math.max(0, waiting.at - this.now()), 2 ** 31 - 1);
    this.#waiting.set(
      waiting,
      setTimeout(() => this.#call(waiting), rest),
    );
  }

  #call(waiting: Waiting): void {
    if (!this.#waiting.has(waiting)) return;
    clearTimeout(this.#waiting.get(waiting));
    this.#waiting.delete(waiting);
    if (waiting.every !== null) {
      waiting.at = this.now() + waiting.every;
      this.#arm(waiting);
    }
    waiting.act();
  }
}
