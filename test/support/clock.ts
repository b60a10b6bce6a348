import type { Clock, Timer } from '../../main/adapters/clock.js';
import type { Millis } from '../../main/domain/facts.js';

interface Waiting {
  at: Millis;
  every: number | null;
  act: () => void;
}

/** Milliseconds that Node's timers can count. */
const longest = 2 ** 31 - 1;

/** A clock that a test moves: timers ring as it passes them, in their order. */
export class TestClock implements Clock {
  readonly #waiting = new Set<Waiting>();
  /** Time as timers have it, which setting the clock does not move. */
  #passed = 0;

  constructor(private time: Millis) {}

  now(): Millis {
    return this.time;
  }

  after(ms: number, act: () => void): Timer {
    if (ms > longest) throw new Error(`setTimeout would call back at once after ${ms} ms`);
    return this.#wait({ at: this.#passed + ms, every: null, act });
  }

  every(ms: number, act: () => void): Timer {
    return this.#wait({ at: this.#passed + ms, every: ms, act });
  }

  /** Time passes. */
  advance(ms: number): void {
    const end = this.#passed + ms;
    for (;;) {
      const next = [...this.#waiting].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.#pass(next.at - this.#passed);
      if (next.every === null) this.#waiting.delete(next);
      else next.at += next.every;
      next.act();
    }
    this.#pass(end - this.#passed);
  }

  /** The clock is set, or the machine sleeps: timers know nothing of it. */
  set(time: Millis): void {
    this.time = time;
  }

  #pass(ms: number): void {
    this.#passed += ms;
    this.time += ms;
  }

  #wait(waiting: Waiting): Timer {
    this.#waiting.add(waiting);
    return { cancel: () => void this.#waiting.delete(waiting) };
  }
}
