import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { Latch, Look } from '../../domain/triggers/types.js';

/** A measured cause: what is measured, by which rule, and where its latch is kept. */
interface Measured {
  /** Null while there is nothing to measure or no rule for it. */
  look(latch: Latch): Look | null;
  latch(): Latch;
  keep(latch: Latch): void;
  fire(): void;
}

/** Looks at a measured cause whenever it may have changed, and fires at its crossing. */
export class Watch {
  #timer: Timer | null = null;

  constructor(
    private readonly measured: Measured,
    private readonly clock: Clock,
  ) {}

  look(): void {
    this.close();
    const before = this.measured.latch();
    const look = this.measured.look(before);
    if (look === null) return;
    const { latch, free, again } = look;
    if (again !== null) this.#timer = atMoment(this.clock, again, () => this.look());
    if (latch.armed !== before.armed || latch.firedAt !== before.firedAt) this.measured.keep(latch);
    if (free !== null) this.measured.fire();
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
