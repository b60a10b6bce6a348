import type { Clock, Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import { day } from '../../domain/policy/units.js';
import { beforeSleep, type Due, dueAfter, rest } from '../../domain/triggers/schedule.js';
import type { Memory } from './memory.js';

/** Milliseconds that one timer is trusted with: it stands still in sleep, and clocks are set. */
const lookEvery = 10 * 60_000;

/** What the schedule depends on. */
interface Circumstances {
  /** A cron expression of the policy's; null: none is in force. */
  pattern: string | null;
  /** Whether the policy can be read: where it can and has no schedule, that was taken out. */
  readable: boolean;
  pausedUntil: Millis | null;
}

/** What it does, and who is told. */
interface Acts {
  /** Whether there is what a clean-up needs; what makes it so sets the schedule again. */
  isReady(): boolean;
  fire(): void;
  /** Told when another moment is next. */
  changed(): void;
}

/**
 * Waits for the moments of the policy's schedule. What was missed, in sleep or while Careen did not
 * run, is made up for once, however much it is; what fell into a pause is not.
 */
export class Schedule {
  /** What is waited for; null: nothing. */
  #due: Due | null = null;
  #pattern: string | null = null;
  #pausedUntil: Millis | null = null;
  /** Up to when it has fired in this process. */
  #fired: Millis = -Infinity;
  #notBefore: Millis;
  #chance: number;
  #timer: Timer | null = null;

  constructor(
    private readonly acts: Acts,
    private readonly memory: Pick<Memory, 'scheduled' | 'keep'>,
    private readonly clock: Clock,
    /** From 0 to 1. */
    private readonly random: () => number,
  ) {
    this.#chance = random();
    this.#notBefore = clock.now() + rest.start * (1 + this.#chance);
  }

  /** When it fires next: as the schedule says, or a little later; null where no moment is known. */
  get nextAt(): Millis | null {
    const now = this.clock.now();
    if (this.#due === null || this.#due.begins < now) return null;
    return this.#due.at < now ? this.#due.begins : this.#due.at;
  }

  /** From now on waits under these circumstances, or under the same as they are now. */
  set({ pattern, readable, pausedUntil }: Circumstances): void {
    const now = this.clock.now();
    // A pause that a person ends early has passed up to now.
    const ended = pausedUntil === null && (this.#pausedUntil ?? 0) > now;
    this.#pattern = pattern;
    this.#pausedUntil = pausedUntil;
    if (pattern !== null && (ended || this.memory.scheduled?.pattern !== pattern))
      this.memory.keep({ scheduled: { pattern, answered: now } });
    if (pattern === null && readable && this.memory.scheduled !== null)
      this.memory.keep({ scheduled: null });
    this.#look();
  }

  /** What it fired for last is answered for good: it is not to be made up for after a start. */
  answered(): void {
    const { scheduled } = this.memory;
    if (scheduled && this.#fired > scheduled.answered)
      this.memory.keep({ scheduled: { ...scheduled, answered: this.#fired } });
  }

  /** The machine is about to sleep. */
  suspending(): void {
    this.#notBefore = Math.max(this.#notBefore, this.clock.now() + beforeSleep);
    this.#look();
  }

  /** The machine slept. */
  woke(): void {
    this.#notBefore = this.clock.now() + rest.wake * (1 + this.random());
    this.#look();
  }

  close(): void {
    this.#pattern = null;
    this.#timer?.cancel();
  }

  #look(): void {
    this.#timer?.cancel();
    this.#timer = null;
    const now = this.clock.now();
    this.#followClock(now);
    const due = this.#next();
    if (due !== null && due.begins <= now && this.acts.isReady()) {
      this.#fired = now;
      this.#chance = this.random();
      this.acts.fire();
      return this.#look();
    }
    if (due !== null && due.begins > now)
      this.#timer = this.clock.after(Math.min(due.begins - now, lookEvery), () => this.#look());
    const isOther = due?.begins !== this.#due?.begins;
    this.#due = due;
    if (isOther) this.acts.changed();
  }

  /** A clock that was set back a little brings no moment again; one set back far holds none off. */
  #followClock(now: Millis): void {
    const { scheduled } = this.memory;
    if (scheduled && scheduled.answered > now + day)
      this.memory.keep({ scheduled: { ...scheduled, answered: now } });
    if (this.#fired > now + day) this.#fired = now;
    if (this.#notBefore - now > 2 * rest.start) this.#notBefore = now;
  }

  #next(): Due | null {
    const { scheduled } = this.memory;
    if (this.#pattern === null || scheduled === null) return null;
    const since = Math.max(scheduled.answered, this.#fired, this.#pausedUntil ?? 0);
    const due = dueAfter(this.#pattern, since, this.#chance);
    if (due === null || due.begins >= this.#notBefore) return due;
    return { at: this.#notBefore, begins: this.#notBefore };
  }
}
