import type { Clock } from '../../adapters/clock.js';
import { CareenError, toCareenError } from '../../domain/errors.js';
import { isRoom, type Listed } from './twins.js';
import type { Room } from './types.js';

/** What rooms are opened by, and who is told. */
export interface RoomsGround {
  /** Opens what belongs to an engine; throws `engine-unknown` before anything is there of it. */
  open: (key: string) => Promise<Room>;
  /** A room is there, and nothing in it has begun. */
  opened: (room: Room) => void;
  /** One is there or not to be had, where it was not. */
  changed: () => void;
  clock: Clock;
}

interface Opened {
  opening: Promise<Room>;
  is: Listed['room'];
}

/**
 * The rooms of engines: each opened once, when it is asked for, and shut where nobody else opens it
 * meanwhile.
 */
export class Rooms {
  readonly #rooms = new Map<string, Opened>();
  /** Engines that are taken off or opened anew: who wants one of their rooms waits until that is done. */
  readonly #changing = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(private readonly ground: RoomsGround) {}

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Rooms that are open. */
  get all(): Room[] {
    return [...this.#rooms.values()].flatMap(({ is }) => (isRoom(is) ? [is] : []));
  }

  /** A room; why it could not be opened; null: it was not opened yet. */
  is(key: string): Listed['room'] {
    return this.#rooms.get(key)?.is ?? null;
  }

  /** A room that is open, or null. */
  peek(key: string): Room | null {
    const is = this.is(key);
    return isRoom(is) ? is : null;
  }

  /** A room, opened if it was not; throws `run-cancelled` once all is closed, or why it cannot be opened. */
  async room(key: string): Promise<Room> {
    while (this.#changing.has(key)) await this.#changing.get(key);
    if (this.#closed) throw new CareenError('run-cancelled', {});
    const there = this.#rooms.get(key);
    if (there && !(there.is && 'failed' in there.is)) return there.opening;
    const { open, opened: tell, changed, clock } = this.ground;
    const opened: Opened = { opening: open(key), is: null };
    this.#rooms.set(key, opened);
    try {
      const room = await opened.opening;
      opened.is = room;
      if (this.#closed) room.stop();
      else {
        tell(room);
        room.begin();
      }
      return room;
    } catch (e) {
      opened.is = { failed: toCareenError(e), at: clock.now() };
      throw e;
    } finally {
      changed();
    }
  }

  /** Does something for which nobody else may open the engine's room meanwhile. */
  async alone(key: string, act: () => Promise<void>): Promise<void> {
    // Looked and set in one turn: of several that waited for the same change one goes on.
    while (this.#changing.has(key)) await this.#changing.get(key);
    const done = act().finally(() => this.#changing.delete(key));
    // Who waits for it goes on, however it ends.
    this.#changing.set(key, Promise.allSettled([done]));
    await done;
  }

  /** Shuts a room, where it is open; throws `run-under-way`. */
  async shut(key: string): Promise<void> {
    const there = this.#rooms.get(key);
    if (!there) return;
    // Why it could not be opened was told where that was asked.
    await Promise.allSettled([there.opening]);
    const room = isRoom(there.is) ? there.is : null;
    // A run is bound to its engine, and so are its intents.
    if (room?.runs.busy) throw new CareenError('run-under-way', {});
    this.#rooms.delete(key);
    await room?.close();
  }

  /** Closes every room. */
  async close(): Promise<void> {
    this.#closed = true;
    // What is waited for here may last, and a run would go on meanwhile as if nobody quit.
    for (const room of this.all) room.stop();
    await Promise.allSettled([
      ...this.#changing.values(),
      ...[...this.#rooms.values()].map(({ opening }) => opening),
    ]);
    await Promise.all(this.all.map((room) => room.close()));
  }
}
