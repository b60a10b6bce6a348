import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import type { EngineIdentity } from '../../domain/facts.js';
import type { Addresses } from './addresses.js';
import type { Room } from './types.js';

/** An engine as it is reached now: what was cut off on another store is not there to be seen. */
export type EngineNow = Pick<EngineIdentity, 'id' | 'store'>;

/** The list of engines, as far as it is asked here. */
export interface CutOffGround {
  addresses: Pick<Addresses, 'mayBeTwins' | 'isPartedFrom' | 'has' | 'nameOf'>;
  /** As `Fleet.room`. */
  room(key: string): Promise<Room>;
  peek(key: string): Room | null;
  /** Whether all is closed, or about to be. */
  isClosed(): boolean;
  /** Who waits for whom is another. */
  changed(): void;
}

/**
 * Runs that were cut off in the middle by way of other addresses of what may be the same engine. What
 * they left half done could look like something that nobody needs.
 */
export class CutOffByTwins {
  /** Who waits that one is finished by way of which other. */
  readonly #waiting = new Map<string, string>();

  constructor(private readonly list: CutOffGround) {}

  /** The key of the engine that another one waits for; null: it waits for none. */
  waitsFor(key: string): string | null {
    return this.#waiting.get(key) ?? null;
  }

  /** Whether there are any, or one of the others cannot be asked as it is not open. */
  isDue(key: string, engine: EngineNow): boolean {
    return this.#twins(key, engine).some((other) => {
      const room = this.list.peek(other);
      return room === null || this.#isDue(key, engine, room);
    });
  }

  /**
   * Resolves once there are none.
   *
   * @throws CareenError `twin-unfinished` where the other address is not to be had, or one was cut off
   *   again; `run-cancelled` once all is closed
   */
  async finished(key: string, engine: EngineNow): Promise<void> {
    for (const other of this.#twins(key, engine)) {
      try {
        await this.#finish(key, engine, other);
      } catch (e) {
        // Taken off the list meanwhile.
        if (!this.list.addresses.has(other)) continue;
        if (this.list.isClosed() || isCareenError(e, 'twin-unfinished')) throw e;
        throw this.unfinished(other, e);
      }
    }
  }

  /** Why nothing is done while something was cut off by way of that engine. */
  unfinished(other: string, cause: unknown = null): CareenError {
    const why = cause ?? this.list.peek(other)?.connection.error;
    const details = { name: this.list.addresses.nameOf(other), silent: meansLost(why) };
    return new CareenError('twin-unfinished', details, { cause });
  }

  async #finish(key: string, engine: EngineNow, other: string): Promise<void> {
    const room = await this.list.room(other);
    if (!this.#isDue(key, engine, room)) return;
    this.#waiting.set(key, other);
    this.list.changed();
    try {
      await room.finish();
      // What has still to prove itself goes on as a run of its own.
      if (this.#isDue(key, engine, room)) await room.finish();
      if (this.#isDue(key, engine, room)) throw this.unfinished(other);
    } finally {
      this.#waiting.delete(key);
      this.list.changed();
    }
  }

  #twins(key: string, { id }: EngineNow): string[] {
    return id === '' ? [] : this.list.addresses.mayBeTwins(key, id);
  }

  #isDue(key: string, { id, store }: EngineNow, room: Room): boolean {
    return room
      .unfinished()
      .some(
        (run) =>
          run.id === id &&
          run.store === store &&
          !this.list.addresses.isPartedFrom(key, id, run.endpoint),
      );
  }
}
