import type { Clock, Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';

/** Milliseconds between tries, doubled from the first to the last. */
const backOff = { first: 1_000, last: 60_000 };

/** Tries something again later, ever more seldom while it is needed again and again. */
export class Again {
  #timer: Timer | null = null;
  #wait = backOff.first;
  #tried: Millis = 0;

  constructor(
    private readonly act: () => void,
    private readonly clock: Clock,
  ) {}

  /** Acts after a while; a try that waits already is shared. */
  later(): void {
    if (this.#timer) return;
    if (this.clock.now() - this.#tried > 2 * backOff.last) this.#wait = backOff.first;
    this.#timer = this.clock.after(this.#wait, () => {
      this.#timer = null;
      this.#tried = this.clock.now();
      this.act();
    });
    this.#wait = Math.min(this.#wait * 2, backOff.last);
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
