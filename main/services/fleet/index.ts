import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import { type FleetSlice, firstEngine } from '../../contract/fleet.js';
import type { SliceMessage, SliceName } from '../../contract/slices.js';
import { CareenError, isCareenError, toCareenError } from '../../domain/errors.js';
import type { EngineFacts, Inventory } from '../../domain/facts.js';
import type { Turns } from '../turns.js';
import { areTwins, idOf, type Listed, nameOf, rowsOf } from './rows.js';
import type { FleetDoc, StoredEngine } from './stored.js';
import type { Room } from './types.js';

/** Milliseconds between two tellings of the list: runs of several engines change it often. */
const pace = 200;

/** Slices that the list of engines is made from. */
const told: ReadonlySet<SliceName> = new Set(['engine', 'gauges', 'images', 'updates', 'run']);

/** What the list is put together with. */
export interface FleetParts {
  doc: FleetDoc;
  turns: Turns;
  /** Opens what belongs to an engine; `added` is null for the first. */
  open: (key: string, added: StoredEngine | null) => Promise<Room>;
  clock: Clock;
}

/**
 * All engines, each with a room of its own: one that fails or is lost stops no other (FLEET). A room
 * is opened when it is asked for, or all at the start of a process that stays.
 */
export class Fleet extends EventEmitter<{
  /** The list is another one. */
  changed: [];
  /** A room was opened, or closed for good. */
  opened: [Room];
  closed: [string];
  slice: [name: SliceName, engine: string];
  message: [SliceMessage];
  failed: [unknown];
}> {
  readonly #rooms = new Map<string, { opening: Promise<Room>; is: Listed['room'] }>();
  #value: FleetSlice | null = null;
  /** Engines that are taken off or opened anew: who wants one of their rooms waits until that is done. */
  readonly #changing = new Map<string, Promise<unknown>>();
  #said = '';
  #due: Timer | null = null;
  #closed = false;

  constructor(private readonly from: FleetParts) {
    super();
    this.setMaxListeners(0);
    from.turns.on('changed', () => this.again());
  }

  /** The list as it is now. */
  get value(): FleetSlice {
    return (this.#value ??= {
      engines: rowsOf(
        this.#listed(),
        (key) => this.from.turns.waitsFor(key),
        this.from.clock.now(),
      ),
      together: this.from.doc.value.together,
    });
  }

  get keys(): string[] {
    return [firstEngine, ...this.from.doc.value.engines.map(({ key }) => key)];
  }

  /** The first engine's room, which is open as long as Careen is. */
  get first(): Room {
    const room = this.peek(firstEngine);
    if (!room) throw new Error('the first room is opened before all else');
    return room;
  }

  /** Rooms that are open. */
  get rooms(): Room[] {
    return [...this.#rooms.values()].flatMap(({ is }) => (isRoom(is) ? [is] : []));
  }

  /** A room that is open, or null. */
  peek(key: string): Room | null {
    const is = this.#rooms.get(key)?.is ?? null;
    return isRoom(is) ? is : null;
  }

  /**
   * The room of an engine, opened if it was not; throws `engine-unknown`, `run-cancelled` once all is
   * closed, or why it cannot be opened.
   */
  async room(key: string): Promise<Room> {
    await this.#unchanging(key);
    if (this.#closed) throw new CareenError('run-cancelled', {});
    const entry = this.#entry(key);
    const there = this.#rooms.get(key);
    if (there && !(there.is && 'failed' in there.is)) return there.opening;
    const opened: { opening: Promise<Room>; is: Listed['room'] } = {
      opening: this.from.open(key, entry),
      is: null,
    };
    this.#rooms.set(key, opened);
    try {
      const room = await opened.opening;
      opened.is = room;
      this.#hear(room);
      this.emit('opened', room);
      room.begin();
      return room;
    } catch (e) {
      opened.is = { failed: toCareenError(e), at: this.from.clock.now() };
      throw e;
    } finally {
      this.again();
    }
  }

  /** Opens every room; one that cannot be opened is told in its row, and `failed`. */
  async openAll(): Promise<void> {
    await Promise.all(
      this.keys.map((key) =>
        this.room(key).catch((e: unknown) => this.#closed || this.emit('failed', e)),
      ),
    );
  }

  /** What was added under a key; null: it is the first. Throws `engine-unknown`. */
  #entry(key: string): StoredEngine | null {
    if (key === firstEngine) return null;
    const entry = this.from.doc.value.engines.find((one) => one.key === key);
    if (!entry) throw new CareenError('engine-unknown', { engine: key });
    return entry;
  }

  /** How an engine is called. */
  nameOf(key: string): string {
    const listed = this.#listed().find((one) => one.key === key);
    return listed ? nameOf(listed) : key;
  }

  /** The engine ID that an engine has, as far as that is known. */
  idOf(key: string): string | null {
    const listed = this.#listed().find((one) => one.key === key);
    return listed ? idOf(listed) : null;
  }

  /**
   * What rollbacks need that were recorded at other addresses of what may be the same engine, as far as
   * those were reached: images are kept there, whichever way they are looked at.
   */
  retainedByTwins(key: string): Inventory['retained'] {
    const listed = this.#listed();
    const own = listed.find((one) => one.key === key);
    const twins = own ? listed.filter((other) => areTwins(own, other)) : [];
    return twins.flatMap(({ room }) => (isRoom(room) ? room.retained() : []));
  }

  /**
   * Resolves once nothing is half done by way of other addresses of what may be the same engine: what an
   * update was cut off in the middle of could look like something that nobody needs.
   *
   * @param id the engine's ID
   * @throws CareenError `twin-unfinished` where the other address is not to be had
   */
  async twinsFinished(key: string, id: string): Promise<void> {
    const mayBeTwin = (other: string) =>
      other !== key && (other === firstEngine || this.#entry(other)?.id === id);
    for (const other of id === '' ? [] : this.keys.filter(mayBeTwin)) {
      const isDue = (room: Room) => room.unfinished().includes(id);
      try {
        const room = await this.room(other);
        if (isDue(room)) await room.finish();
        // What has still to prove itself goes on as a run of its own.
        if (isDue(room)) await room.finish();
      } catch (e) {
        if (isCareenError(e, 'run-cancelled') || !this.keys.includes(other)) continue;
        throw new CareenError('twin-unfinished', { name: this.nameOf(other) }, { cause: e });
      }
    }
  }

  /**
   * Whether an engine may be held in a room.
   *
   * @throws CareenError `engine-twice`, as `notTwice`; `engine-replaced`: it is not the one that a person
   *   added
   */
  mayBe(key: string, facts: EngineFacts): void {
    this.notTwice(key, facts);
    const added = this.#entry(key);
    if (added && added.id !== facts.id)
      throw new CareenError('engine-replaced', {
        endpoint: facts.endpoint,
        name: this.nameOf(key),
      });
  }

  /** Throws `engine-twice` where another engine than that of `key`, if given, has the address. */
  notTwice(key: string | null, { endpoint }: EngineFacts): void {
    for (const other of this.#listed()) {
      if (other.key === key) continue;
      const held = isRoom(other.room) ? other.room.connection.engine?.facts.endpoint : undefined;
      if ((held ?? other.added?.endpoint) === endpoint)
        throw new CareenError('engine-twice', { endpoint, name: nameOf(other) });
    }
  }

  /** Adds an engine and opens its room. */
  async add(engine: StoredEngine): Promise<Room> {
    const { value } = this.from.doc;
    await this.from.doc.set({ ...value, engines: [...value.engines, engine] });
    this.again();
    return this.room(engine.key);
  }

  /** Takes an engine off the list; throws `engine-unknown`, `run-under-way`. */
  async remove(key: string): Promise<void> {
    await this.#alone(key, async () => {
      this.entry(key);
      await this.#shut(key);
      const { value } = this.from.doc;
      await this.from.doc.set({
        ...value,
        engines: value.engines.filter((one) => one.key !== key),
      });
    });
    this.emit('closed', key);
    this.again();
  }

  /**
   * Changes what is kept of an engine; its room is opened anew by that, also where it fails. Throws as
   * `remove`.
   *
   * @param whileShut done once nothing of the engine is open, before the change; what it throws ends it
   */
  async change(
    key: string,
    change: Partial<Omit<StoredEngine, 'key'>>,
    whileShut?: (before: StoredEngine) => Promise<void>,
  ): Promise<void> {
    const onlyName = Object.keys(change).every((name) => name === 'name');
    try {
      await this.#alone(key, async () => {
        const before = this.entry(key);
        if (!onlyName) await this.#shut(key);
        await whileShut?.(before);
        const { value } = this.from.doc;
        const engines = value.engines.map((one) => (one.key === key ? { ...one, ...change } : one));
        await this.from.doc.set({ ...value, engines });
      });
    } catch (e) {
      if (!onlyName && this.keys.includes(key))
        await this.room(key).catch((failed: unknown) => void this.emit('failed', failed));
      throw e;
    }
    this.again();
    if (!onlyName) await this.room(key);
  }

  /** Whether runs of several engines may be under way at once. */
  async setTogether(together: boolean): Promise<void> {
    await this.from.doc.set({ ...this.from.doc.value, together });
    this.from.turns.look();
    this.again();
  }

  /** To be told when something changed that the list is made from: it is told anew before long. */
  again(): void {
    this.#value = null;
    if (this.#closed) return;
    this.#due ??= this.from.clock.after(pace, () => {
      this.#due = null;
      const said = JSON.stringify(this.value);
      if (said === this.#said) return;
      this.#said = said;
      this.emit('changed');
    });
  }

  /** Closes every room. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#due?.cancel();
    await Promise.allSettled([
      ...this.#changing.values(),
      ...[...this.#rooms.values()].map(({ opening }) => opening),
    ]);
    await Promise.all(this.rooms.map((room) => room.close()));
  }

  /** An engine that was added; throws `engine-unknown`, and `engine-first` for the first, which nobody added. */
  entry(key: string): StoredEngine {
    const entry = this.#entry(key);
    if (!entry) throw new CareenError('engine-first', {});
    return entry;
  }

  /** Resolves when an engine is neither taken off nor opened anew. */
  async #unchanging(key: string): Promise<void> {
    while (this.#changing.has(key)) await this.#changing.get(key);
  }

  /** Does something for which nobody else may open the engine's room meanwhile. */
  async #alone(key: string, act: () => Promise<void>): Promise<void> {
    await this.#unchanging(key);
    const done = act().finally(() => this.#changing.delete(key));
    // Who waits for it goes on, however it ends.
    this.#changing.set(key, Promise.allSettled([done]));
    await done;
  }

  async #shut(key: string): Promise<void> {
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

  #hear(room: Room): void {
    const { key, state } = room;
    const isOpen = () => this.peek(key) === room;
    state.on('message', (message) => isOpen() && this.emit('message', message));
    state.on('changed', (name) => {
      if (!isOpen()) return;
      this.emit('slice', name, key);
      if (told.has(name)) this.again();
    });
  }

  #listed(): Listed[] {
    const added = new Map(this.from.doc.value.engines.map((one) => [one.key, one]));
    return this.keys.map((key) => ({
      key,
      added: added.get(key) ?? null,
      room: this.#rooms.get(key)?.is ?? null,
    }));
  }
}

function isRoom(is: Listed['room']): is is Room {
  return is !== null && 'connection' in is;
}
