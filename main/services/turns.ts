import { EventEmitter } from 'node:events';
import { CareenError } from '../domain/errors.js';

/** Who wants to do something to an engine. */
export interface Taker {
  /** The engine's key. */
  key: string;
  /** The engine's own ID: two addresses with one may be one engine. Null: not known. */
  id: () => string | null;
}

/** A turn that was taken. */
export interface Turn {
  giveBack: () => void;
  /**
   * Leaves it to others while nothing can be done to the engine, as when that is lost; not to what may
   * be the same engine at another address, for which what is half done is half done as well.
   */
  lend: () => void;
  /** Waits until it is this engine's again; those who have begun meanwhile are through by then. */
  again: () => Promise<void>;
}

interface Held {
  taker: Taker;
  isLent: boolean;
}

interface Waiting {
  held: Held;
  begin: () => void;
}

/**
 * The turns of all engines: nothing is done to two of them at the same moment, unless a person says so,
 * and never to two addresses of what may be one engine (FLEET, "What Careen does with it"). Who came
 * first goes first; who waits holds up nobody who may go.
 */
export class Turns extends EventEmitter<{ changed: [] }> {
  readonly #held = new Set<Held>();
  #waiting: Waiting[] = [];

  constructor(
    /** Whether a person said that engines need not wait for one another. */
    private readonly together: () => boolean,
    /** Whether two, by their keys, are two engines though their IDs are the same, as a person said. */
    private readonly areParted: (key: string, other: string) => boolean = () => false,
  ) {
    super();
  }

  /**
   * Waits for a turn.
   *
   * @throws CareenError `run-cancelled` once `signal` is aborted before its turn came
   */
  async take(taker: Taker, signal: AbortSignal | null = null): Promise<Turn> {
    if (signal?.aborted) throw new CareenError('run-cancelled', {});
    const held: Held = { taker, isLent: false };
    if (!this.#mayGo(held, this.#waiting))
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          this.#forget(held);
          reject(new CareenError('run-cancelled', {}));
          this.look();
        };
        const begin = () => {
          signal?.removeEventListener('abort', leave);
          this.#held.add(held);
          resolve();
        };
        signal?.addEventListener('abort', leave, { once: true });
        this.#waiting.push({ held, begin });
        this.emit('changed');
      });
    return this.#taken(held);
  }

  /** A turn at once, or null where it would have to be waited for. */
  takeNow(taker: Taker): Turn | null {
    const held: Held = { taker, isLent: false };
    return this.#mayGo(held, this.#waiting) ? this.#taken(held) : null;
  }

  /** For whose turn an engine waits: the key of the other; null: it waits for none. */
  waitsFor(key: string): string | null {
    const waiting = this.#waiting.find(({ held }) => held.taker.key === key);
    if (!waiting) return null;
    return this.#before(waiting.held, this.#waiting)?.key ?? null;
  }

  /** To be told when `together` or an ID is another one: who may go now goes. */
  look(): void {
    const still: Waiting[] = [];
    for (const waiting of this.#waiting)
      if (this.#mayGo(waiting.held, still)) waiting.begin();
      else still.push(waiting);
    this.#waiting = still;
    this.emit('changed');
  }

  #taken(held: Held): Turn {
    this.#held.add(held);
    this.emit('changed');
    let again: Promise<void> | null = null;
    let stopWaiting: () => void = () => undefined;
    return {
      giveBack: () => {
        if (!this.#held.delete(held)) return;
        this.#forget(held);
        stopWaiting();
        this.look();
      },
      lend: () => {
        // Who waits to have it again has come back already, and goes on.
        if (held.isLent || !this.#held.has(held)) return;
        held.isLent = true;
        this.look();
      },
      again: () => {
        if (!held.isLent || !this.#held.has(held)) return Promise.resolve();
        return (again ??= new Promise<void>((resolve) => {
          stopWaiting = resolve;
          const begin = () => {
            held.isLent = false;
            again = null;
            resolve();
          };
          // Before all others: some of them wait until what is half done here is through.
          this.#waiting.unshift({ held, begin });
          this.look();
        }));
      },
    };
  }

  #forget(held: Held): void {
    this.#waiting = this.#waiting.filter((one) => one.held !== held);
  }

  #mayGo(held: Held, waiting: readonly Waiting[]): boolean {
    return this.#before(held, waiting) === null;
  }

  /** Who is at work or waits in front of a taker, and has to be through first. */
  #before(own: Held, waiting: readonly Waiting[]): Taker | null {
    const excludes = ({ taker, isLent }: Held) =>
      this.#mayBeOne(own.taker, taker) || !(isLent || this.together());
    for (const other of this.#held) if (other !== own && excludes(other)) return other.taker;
    for (const { held: other } of waiting) {
      if (other === own) break;
      const holdsUp = !this.together() && !this.#waitsForLent(other);
      if (holdsUp || this.#mayBeOne(own.taker, other.taker)) return other.taker;
    }
    return null;
  }

  /** Whether it waits for what is half done and lost: that may last, and is nobody else's matter. */
  #waitsForLent(waiting: Held): boolean {
    const isLent = (held: Held) =>
      held.isLent && held !== waiting && this.#mayBeOne(held.taker, waiting.taker);
    return [...this.#held].some(isLent);
  }

  #mayBeOne(a: Taker, b: Taker): boolean {
    if (a.key === b.key) return true;
    const id = a.id();
    return id !== null && id === b.id() && !this.areParted(a.key, b.key);
  }
}
