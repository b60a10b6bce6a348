import { EventEmitter } from 'node:events';
import { CareenError } from '../domain/errors.js';

/** Who wants to do something to an engine. */
export interface Taker {
  /** The engine's key. */
  key: string;
  /** The engine's own ID: two addresses with one may be one engine. Null: not known. */
  id: () => string | null;
}

interface Held {
  taker: Taker;
}

interface Waiting extends Held {
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
  ) {
    super();
  }

  /**
   * Waits for a turn; gives the way to give it back.
   *
   * @throws CareenError `run-cancelled` once `signal` is aborted before its turn came
   */
  async take(taker: Taker, signal: AbortSignal | null = null): Promise<() => void> {
    if (signal?.aborted) throw new CareenError('run-cancelled', {});
    const held: Held = { taker };
    if (!this.#mayGo(taker, this.#waiting))
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          this.#waiting = this.#waiting.filter((one) => one !== waiting);
          reject(new CareenError('run-cancelled', {}));
          this.look();
        };
        const begin = () => {
          signal?.removeEventListener('abort', leave);
          this.#held.add(held);
          resolve();
        };
        const waiting: Waiting = { taker, begin };
        signal?.addEventListener('abort', leave, { once: true });
        this.#waiting.push(waiting);
        this.emit('changed');
      });
    this.#held.add(held);
    this.emit('changed');
    return () => this.#give(held);
  }

  /** A turn at once, or null where it would have to be waited for. */
  takeNow(taker: Taker): (() => void) | null {
    if (!this.#mayGo(taker, this.#waiting)) return null;
    const held: Held = { taker };
    this.#held.add(held);
    this.emit('changed');
    return () => this.#give(held);
  }

  /** For whose turn an engine waits: the key of the other; null: it waits for none. */
  waitsFor(key: string): string | null {
    const waiting = this.#waiting.find(({ taker }) => taker.key === key);
    if (!waiting) return null;
    return this.#before(waiting.taker, this.#waiting)?.key ?? null;
  }

  /** To be told when `together` or an ID is another one: who may go now goes. */
  look(): void {
    const still: Waiting[] = [];
    for (const waiting of this.#waiting)
      if (this.#mayGo(waiting.taker, still)) waiting.begin();
      else still.push(waiting);
    this.#waiting = still;
    this.emit('changed');
  }

  #give(held: Held): void {
    if (this.#held.delete(held)) this.look();
  }

  #mayGo(taker: Taker, waiting: readonly Waiting[]): boolean {
    return this.#before(taker, waiting) === null;
  }

  /** Who is at work or waits in front of a taker, and has to be through first. */
  #before(taker: Taker, waiting: readonly Waiting[]): Taker | null {
    const excludes = (other: Taker) => !this.together() || mayBeOne(taker, other);
    for (const { taker: other } of this.#held) if (excludes(other)) return other;
    for (const { taker: other } of waiting) {
      if (other === taker) break;
      if (excludes(other)) return other;
    }
    return null;
  }
}

function mayBeOne(a: Taker, b: Taker): boolean {
  const id = a.id();
  return a.key === b.key || (id !== null && id === b.id());
}
