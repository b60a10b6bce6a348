import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import type { Cause } from '../../domain/triggers/types.js';
import { type Asked, type Bid, keyOf } from './types.js';

/** Milliseconds after which a question's plan is made anew: it is good for an hour (JUDGING §5). */
const renewAfter = 50 * 60_000;
/** Milliseconds after which that is tried again where it fails. */
const retryAfter = 4 * 60_000;

/** Whose question gives way: a schedule's is about all that an update's or a budget's is about. */
const rank: Record<Cause, number> = {
  'after-update': 0,
  'image-budget': 1,
  schedule: 2,
  pressure: 3,
};

/** The one question that waits for a person, with a plan that is good. */
export class Questions {
  current: Asked | null = null;
  /** What is asked once nothing else is. */
  readonly #later = new Map<string, Bid>();
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
    if (asked !== null) this.#later.delete(keyOf(asked.bid));
    if (!same) this.changed();
  }

  /** Whether a question of this cause may be put now; the one that gives way is asked later. */
  yields(bid: Bid): boolean {
    const standing = this.current;
    if (standing === null || standing.question.planId === null) return true;
    if (keyOf(standing.bid) === keyOf(bid)) return true;
    const gives = rank[bid.cause] > rank[standing.bid.cause];
    this.later(gives ? standing.bid : bid);
    return gives;
  }

  /** Lets it be asked once nothing else is. */
  later(bid: Bid): void {
    this.#later.set(keyOf(bid), { ...bid, onlyAsk: true });
  }

  /** Takes out what is to be asked now that nothing else is; null where nothing is. */
  next(): Bid | null {
    const [first] = this.#later.values();
    if (first === undefined || this.current !== null) return null;
    this.#later.delete(keyOf(first));
    return first;
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
