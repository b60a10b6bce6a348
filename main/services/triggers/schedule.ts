import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import { nextRun } from '../../domain/triggers/schedule.js';

/** Waits for the moments of the policy's schedule; what was missed is not made up for. */
export class Schedule {
  #pattern: string | null = null;
  #timer: Timer | null = null;

  constructor(
    private readonly fire: () => void,
    private readonly clock: Clock,
  ) {}

  /** From now on waits for this one; null for none. */
  set(pattern: string | null): void {
    if (pattern === this.#pattern) return;
    this.#pattern = pattern;
    this.#wait();
  }

  close(): void {
    this.set(null);
  }

  #wait(): void {
    this.#timer?.cancel();
    this.#timer = null;
    const at = this.#pattern === null ? null : nextRun(this.#pattern, this.clock.now());
    if (at === null) return;
    this.#timer = atMoment(this.clock, at, () => {
      this.#wait();
      this.fire();
    });
  }
}
