import type { Clock, Timer } from '../../adapters/clock.js';
import type { Millis } from '../../domain/facts.js';
import type { Awaited } from '../../domain/triggers/decide.js';
import { type Bid, keyOf } from './types.js';

/** A clean-up by itself that waits to be tried again. */
export interface Waiting {
  bid: Bid;
  for: Awaited;
  since: Millis;
}

/** Milliseconds until a clean-up that waits is tried again. */
const tries: Record<Awaited, number> = {
  offline: 15 * 60_000,
  gap: 60 * 60_000,
  battery: 15 * 60_000,
};
/** Milliseconds after which it is given up until its cause fires anew. */
const longest: Record<Awaited, number> = {
  offline: 24 * 3_600_000,
  gap: Infinity,
  battery: Infinity,
};

/** What waits for a registry to answer, for enough observation after a gap, or for the mains. */
export class Waits {
  readonly #waiting = new Map<string, Waiting & { timer: Timer }>();
  #closed = false;

  constructor(
    private readonly again: (bid: Bid) => void,
    private readonly clock: Clock,
  ) {}

  /** The one that has waited longest. */
  get first(): Waiting | null {
    const [first] = [...this.#waiting.values()].sort((a, b) => a.since - b.since);
    return first ?? null;
  }

  has(bid: Bid): boolean {
    return this.#waiting.has(keyOf(bid));
  }

  /** Lets it wait, since when it first had to; at the end nothing does any more. */
  add(bid: Bid, why: Awaited, before: Millis | null): void {
    this.take(bid);
    if (this.#closed) return;
    const since = before ?? this.clock.now();
    if (this.clock.now() - since >= longest[why]) return;
    const timer = this.clock.after(tries[why], () => this.again(bid));
    this.#waiting.set(keyOf(bid), { bid, for: why, since, timer });
  }

  /** Takes it out; gives for what it waited, and since when. */
  take(bid: Bid): Waiting | null {
    const key = keyOf(bid);
    const waiting = this.#waiting.get(key);
    waiting?.timer.cancel();
    this.#waiting.delete(key);
    return waiting ?? null;
  }

  close(): void {
    this.#closed = true;
    for (const { bid } of [...this.#waiting.values()]) this.take(bid);
  }
}
