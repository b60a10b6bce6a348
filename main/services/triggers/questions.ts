import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import type { Asked } from './types.js';

/** Milliseconds after which a question's plan is made anew: it is good for an hour (JUDGING §5). */
const renewAfter = 50 * 60_000;
/** Milliseconds after which that is tried again where it fails. */
const retryAfter = 4 * 60_000;

/** The one question that waits for a person, with a plan that is good. */
export class Questions {
  current: Asked | null = null;
  #timer: Timer | null = null;
  #closed = false;

  constructor(
    /** Told when it became another one, or none. */
    private readonly changed: () => void,
    /** Told when its plan is to be made anew. */
    private readonly ageing: () => void,
    private readonly clock: Clock,
  ) {}

  /** Asks this in place of what was asked before; null asks nothing. At the end nothing is asked any more. */
  put(asked: Asked | null): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    this.#timer = null;
    if (asked !== null) this.#renewAt(asked.made + renewAfter);
    const same = JSON.stringify(asked?.question) === JSON.stringify(this.current?.question);
    this.current = asked;
    if (!same) this.changed();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #renewAt(at: Millis): void {
    this.#timer = atMoment(this.clock, at, () => {
      // Another question put in its place sets its own.
      this.#renewAt(this.clock.now() + retryAfter);
      this.ageing();
    });
  }
}
