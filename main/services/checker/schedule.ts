import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import { beforeSleep, rest } from '../../domain/triggers/schedule.js';

/** Milliseconds until a check that reached no registry is tried again; doubled up to the usual wait. */
const firstTry = 15 * 60_000;
/** What part of a wait is left to chance, so that not every machine asks at once. */
const jitter = 0.1;

/** What the next check depends on. */
export interface Due {
  /** Milliseconds between two checks. */
  every: number;
  /** The last whole check; null: none yet. */
  last: Millis | null;
  /** How many checks in a row reached no registry, this last one included. */
  unreached: number;
  pausedUntil: Millis | null;
  /** Whether there is anything to ask about. */
  hasWork: boolean;
}

/** Waits for the moment of the next check; on no timer while there is nothing to check. */
export class Schedule {
  #chance: number;
  #last: Millis | null = null;
  /** The same, and never ahead of the clock. */
  #since: Millis | null = null;
  #notBefore: Millis;
  #timer: Timer | null = null;
  nextAt: Millis | null = null;

  constructor(
    private readonly check: () => void,
    private readonly clock: Clock,
    /** From 0 to 1. */
    private readonly random: () => number,
  ) {
    this.#chance = random();
    this.#notBefore = clock.now() + rest.start * (1 + this.#chance);
  }

  /** The machine is about to sleep: nothing begins for as long as that may take. */
  suspending(): void {
    this.#notBefore = Math.max(this.#notBefore, this.clock.now() + beforeSleep);
  }

  /** The machine slept: what is due is done once its network is back. */
  woke(): void {
    this.#notBefore = this.clock.now() + rest.wake * (1 + this.random());
  }

  set({ every, last, unreached, pausedUntil, hasWork }: Due): void {
    if (last !== this.#last) {
      this.#last = this.#since = last;
      this.#chance = this.random();
    }
    this.#followClock(this.clock.now());
    const wait = unreached === 0 ? every : Math.min(every, firstTry * 2 ** (unreached - 1));
    const at = (this.#since ?? -Infinity) + wait * (1 + jitter * this.#chance);
    this.#wait(hasWork ? Math.max(at, this.#notBefore, pausedUntil ?? 0) : null);
  }

  close(): void {
    this.#wait(null);
  }

  /** A clock that was set back must not hold it off. */
  #followClock(now: Millis): void {
    if (this.#since !== null && this.#since > now) this.#since = now;
    if (this.#notBefore - now > 2 * rest.start) this.#notBefore = now;
  }

  #wait(at: Millis | null): void {
    if (at === this.nextAt && at !== null && this.#timer) return;
    this.#timer?.cancel();
    this.#timer = null;
    this.nextAt = at;
    if (at === null) return;
    this.#timer = atMoment(this.clock, at, () => {
      this.#timer = null;
      this.check();
    });
  }
}
