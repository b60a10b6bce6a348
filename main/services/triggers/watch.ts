import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import type { Latch, Look } from '../../domain/triggers/types.js';

/** A measured cause: what is measured, by which rule, and where its latch is kept. */
interface Measured {
  /** Null while there is nothing to measure or no rule for it. */
  look(latch: Latch): Look | null;
  /** Of which engine it is measured. */
  engine(): string;
  latch(): Latch;
  keep(latch: Latch): void;
  /** Whether something may be done by itself; that the cause came to an end is noted all the same. */
  mayFire(): boolean;
  /** Whether it fired with this latch, and of the answer nothing is left though the cause is there. */
  isUnasked(latch: Latch): boolean;
  /**
   * What becomes of it is told by `answered`, `failed` or `barred`.
   *
   * @param again true where it was answered before: only a question may come of it
   */
  fire(again: boolean): void;
}

/** Milliseconds after which what failed is tried again: double that each time, at most so many. */
const retry = { first: 60_000, most: 3_600_000 };

/**
 * Looks at a measured cause whenever it may have changed, and fires at its crossing. Its latch is
 * spent by the answer, not by the firing: what fails, waits or is cut short fires again.
 */
export class Watch {
  #timer: Timer | null = null;
  /** What fired and is not answered yet: the latch that its answer spends. */
  #open: { engine: string; latch: Latch } | null = null;
  #failures = 0;
  #notBefore: Millis = -Infinity;
  #closed = false;

  constructor(
    private readonly measured: Measured,
    private readonly clock: Clock,
  ) {}

  look(): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#closed) return;
    const before = this.measured.latch();
    const look = this.measured.look(before);
    if (look === null) return;
    if (look.again !== null) this.#lookAt(look.again);
    if (look.free === null) this.#keep(look.latch, before);
    if (!this.measured.mayFire()) return;
    if (look.free !== null) this.#fire(look.latch, false);
    else if (this.measured.isUnasked(look.latch)) this.#fire(look.latch, true);
  }

  /** What fired is answered for good. */
  answered(): void {
    const open = this.#open;
    this.#open = null;
    this.#failures = 0;
    if (open === null || open.engine !== this.measured.engine()) return;
    this.measured.keep(open.latch);
    // The answer itself may have brought it down.
    const look = this.measured.look(open.latch);
    if (look !== null && look.free === null) this.#keep(look.latch, open.latch);
  }

  /** What fired could not be answered: it fires again, later each time. */
  failed(): void {
    this.#open = null;
    this.#notBefore = this.clock.now() + Math.min(retry.first * 2 ** this.#failures, retry.most);
    this.#failures += 1;
    if (!this.#closed) this.#lookAt(this.#notBefore);
  }

  /** What is measured follows later than this: it fires no sooner. */
  holdFor(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, this.clock.now() + ms);
  }

  /** Nothing may be done for what fired: it fires again once something may. */
  barred(): void {
    this.#open = null;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #fire(latch: Latch, again: boolean): void {
    if (this.#open !== null) return;
    const wait = this.#notBefore - this.clock.now();
    // A clock that was set back must not hold it off.
    if (wait > 0 && wait <= retry.most) return this.#lookAt(this.#notBefore);
    this.#open = { engine: this.measured.engine(), latch };
    this.measured.fire(again);
  }

  #keep(latch: Latch, before: Latch): void {
    if (latch.armed !== before.armed || latch.firedAt !== before.firedAt) this.measured.keep(latch);
  }

  #lookAt(at: Millis): void {
    this.#timer?.cancel();
    this.#timer = atMoment(this.clock, at, () => this.look());
  }
}
