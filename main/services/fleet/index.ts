import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { Clock, Timer } from '../../adapters/clock.js';
import { type FleetSlice, firstEngine, withPolicyOf } from '../../contract/fleet.js';
import type { SliceMessage, SliceName } from '../../contract/slices.js';
import { CareenError } from '../../domain/errors.js';
import type { Turns } from '../turns.js';
import { Addresses } from './addresses.js';
import { CutOffByTwins } from './cut-off.js';
import type { Known, MetFirst } from './met.js';
import { Rooms } from './rooms.js';
import { isCutOff, rowsOf } from './rows.js';
import { ServicesOfAll } from './services.js';
import type { FleetDoc, StoredEngine, StoredFleet } from './stored.js';
import { joined, type Listed, parted, withAdded, withId, without } from './twins.js';
import type { Room } from './types.js';

/** Milliseconds between two tellings of the list: runs of several engines change it often. */
const pace = 200;

/** Slices that the list of engines is made from. */
const told: ReadonlySet<SliceName> = new Set([
  'engine',
  'gauges',
  'images',
  'updates',
  'run',
  'history',
]);

/** What the list is put together with. */
export interface FleetParts {
  doc: FleetDoc;
  /** Whom the first engine was where it answered before. */
  met: MetFirst;
  turns: Turns;
  /** Opens what belongs to an engine; `added` is null for the first. */
  open: (key: string, added: StoredEngine | null) => Promise<Room>;
  /** Images of the kept versions of a service, by an engine's key, where that has no open room. */
  remembered: (key: string, id: string) => string[];
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
  /** Which engine each address of the list leads to. */
  readonly addresses: Addresses;
  /** What was cut off by way of other addresses of what may be the same engine. */
  readonly cutOff: CutOffByTwins;
  /** What is known of services, by way of whichever engine. */
  readonly services: ServicesOfAll;
  readonly #rooms: Rooms;
  #value: FleetSlice | null = null;
  #said = '';
  #due: Timer | null = null;

  constructor(private readonly from: FleetParts) {
    super();
    this.setMaxListeners(0);
    this.#rooms = new Rooms({
      open: (key) => from.open(key, this.#entry(key)),
      opened: (room) => {
        this.#hear(room);
        this.emit('opened', room);
      },
      changed: () => this.again(),
      clock: from.clock,
    });
    this.addresses = new Addresses(
      () => this.#listed(),
      () => from.doc.value,
      from.met,
    );
    this.cutOff = new CutOffByTwins({
      addresses: this.addresses,
      room: (key) => this.room(key),
      peek: (key) => this.peek(key),
      isClosed: () => this.#rooms.isClosed,
      changed: () => this.again(),
    });
    this.services = new ServicesOfAll({
      keys: () => this.keys,
      rooms: () => this.rooms,
      peek: (key) => this.peek(key),
      remembered: from.remembered,
    });
    from.turns.on('changed', () => this.again());
  }

  /** The list as it is now. */
  get value(): FleetSlice {
    return (this.#value ??= {
      engines: rowsOf(
        this.#listed(),
        this.from.doc.value,
        (key) => this.cutOff.waitsFor(key) ?? this.from.turns.waitsFor(key),
        this.from.clock.now(),
      ),
      together: this.from.doc.value.together,
    });
  }

  get keys(): string[] {
    return [firstEngine, ...this.from.doc.value.engines.map(({ key }) => key)];
  }

  /** Names of those that go by the policy of that engine; none where it is the only one in the list. */
  namesWithPolicyOf(key: string): string[] {
    const { engines } = this.value;
    return engines.length < 2 ? [] : withPolicyOf(engines, key).map((one) => one.name || one.key);
  }

  /** The first engine's room, which is open as long as Careen is. */
  get first(): Room {
    const room = this.peek(firstEngine);
    if (!room) throw new Error('the first room is opened before all else');
    return room;
  }

  /** Rooms that are open. */
  get rooms(): Room[] {
    return this.#rooms.all;
  }

  /** A room that is open, or null. */
  peek(key: string): Room | null {
    return this.#rooms.peek(key);
  }

  /**
   * The room of an engine, opened if it was not; throws `engine-unknown`, `run-cancelled` once all is
   * closed, or why it cannot be opened.
   */
  room(key: string): Promise<Room> {
    return this.#rooms.room(key);
  }

  /** Opens every room; one that cannot be opened is told in its row, and `failed`. */
  async openAll(): Promise<void> {
    await Promise.all(
      this.keys.map((key) =>
        this.room(key).catch((e: unknown) => this.#rooms.isClosed || this.emit('failed', e)),
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

  /** Adds an engine and opens its room. */
  async add(engine: StoredEngine): Promise<Room> {
    await this.from.doc.set(withAdded(this.from.doc.value, engine));
    this.again();
    return this.room(engine.key);
  }

  /**
   * Takes an engine off the list.
   *
   * @param leaves whether a person was told that a run was cut off there, and leaves it half done
   * @throws CareenError `engine-unknown`, `engine-first`, `run-under-way`; `engine-unfinished`: one was
   *   cut off, and nobody was told
   */
  async remove(key: string, leaves = false): Promise<void> {
    this.entry(key);
    if (!leaves) await this.#mayLeave(key, 'remove');
    await this.#takeOff(key, (stored) => without(stored, this.entry(key)));
  }

  /**
   * Another engine than the added one of that key is at its address, as a person says: it stands in the
   * list in its place. Throws as `remove`; why its room does not open is told as `failed`.
   */
  async replaceAdded(key: string, other: StoredEngine, leaves: boolean): Promise<void> {
    this.entry(key);
    if (!leaves) await this.#mayLeave(key, 'another');
    await this.#takeOff(key, (stored) => withAdded(without(stored, this.entry(key)), other));
    await this.room(other.key).catch((failed: unknown) => void this.emit('failed', failed));
  }

  /**
   * Two addresses are one engine's, as a person says: `key` stays, and `other` goes off the list.
   *
   * @throws CareenError as `remove`; `engines-differ`: they do not say the same ID; why the other is not
   *   to be had: what is kept there would be lost; `twin-unfinished`: a run was cut off by way of it, and
   *   nobody else would finish it
   */
  async join(key: string, other: string): Promise<void> {
    const [stays, goes] = this.addresses.pair(key, other);
    const gone = this.entry(goes.key);
    const room = await this.room(goes.key);
    // Nobody is to wait for a run only to be refused.
    if (room.runs.busy) throw new CareenError('run-under-way', {});
    const { facts } = await room.reached();
    await this.cutOff.finished(stays.key, facts);
    if (room.unfinished().length > 0) throw this.cutOff.unfinished(goes.key);
    const kept = room.retained();
    await this.#takeOff(other, (stored) => joined(stored, stays, gone, kept));
  }

  /** They are two engines, as a person says: they wait for, and hold, nothing of one another. Throws `engines-differ`. */
  async part(key: string, other: string): Promise<void> {
    const [one, two] = this.addresses.pair(key, other);
    await this.from.doc.set(parted(this.from.doc.value, one, two));
    this.from.turns.look();
    this.again();
  }

  /** Throws `engine-unfinished` where a run was cut off by way of an engine. */
  async #mayLeave(key: string, act: 'remove' | 'another'): Promise<void> {
    // What cannot be opened tells of no run, and is not to stay for ever; why is in its row.
    const room = await this.room(key).catch((e: unknown) => {
      if (e instanceof CareenError) return null;
      throw e;
    });
    if (room && isCutOff(room))
      throw new CareenError('engine-unfinished', { name: this.addresses.nameOf(key), act });
  }

  async #takeOff(key: string, change: (stored: StoredFleet) => StoredFleet): Promise<void> {
    await this.#rooms.alone(key, async () => {
      this.entry(key);
      await this.#rooms.shut(key);
      await this.from.doc.set(change(this.from.doc.value));
    });
    this.emit('closed', key);
    this.services.compare(key);
    this.again();
  }

  /**
   * Changes how an engine is called, or by whose policy it goes; its room is opened anew by the latter.
   * Throws as `remove`.
   */
  async change(key: string, change: Partial<Pick<StoredEngine, 'name' | 'policy'>>): Promise<void> {
    this.entry(key);
    const write = async () => {
      this.entry(key);
      const { value } = this.from.doc;
      const engines = value.engines.map((one) => (one.key === key ? { ...one, ...change } : one));
      await this.from.doc.set({ ...value, engines });
    };
    if (change.policy !== undefined) return this.#anew(key, write);
    await this.#rooms.alone(key, write);
    this.again();
  }

  /**
   * An engine has another ID from now on, as a person says: it is the same one. Its room is opened anew
   * by that. Throws `run-under-way`, `engine-unknown`.
   *
   * @param whileShut done once nothing of the engine is open, before the change; what it throws ends it
   */
  setId(before: Known, id: string, whileShut: () => Promise<void>): Promise<void> {
    return this.#anew(before.key, async () => {
      await whileShut();
      await this.#keep(withId(this.from.doc.value, before, id), { ...before, id });
    });
  }

  /**
   * The first engine is another one at its address, as a person says: what was said of the former is
   * forgotten. Its room is opened anew by that. Throws as `remove`.
   */
  async replaceFirst(before: Known, id: string, leaves: boolean): Promise<void> {
    if (!leaves) await this.#mayLeave(firstEngine, 'another');
    await this.#anew(firstEngine, () =>
      this.#keep(without(this.from.doc.value, before), { ...before, id }),
    );
  }

  /** Writes down who an engine is. With one engine there is no list, so none is made. */
  async #keep(stored: StoredFleet, now: Known): Promise<void> {
    if (now.key === firstEngine) await this.from.met.keep(now);
    if (!isDeepStrictEqual(stored, this.from.doc.value)) await this.from.doc.set(stored);
  }

  /** Does something while nothing of an engine is open, which is opened anew then, also where that fails. */
  async #anew(key: string, act: () => Promise<void>): Promise<void> {
    try {
      await this.#rooms.alone(key, async () => {
        this.#entry(key);
        await this.#rooms.shut(key);
        await act();
      });
    } catch (e) {
      if (this.keys.includes(key))
        await this.room(key).catch((failed: unknown) => void this.emit('failed', failed));
      throw e;
    }
    this.again();
    await this.room(key);
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
    if (this.#rooms.isClosed) return;
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
    const closed = this.#rooms.close();
    this.#due?.cancel();
    await closed;
  }

  /** An engine that was added; throws `engine-unknown`, and `engine-first` for the first, which nobody added. */
  entry(key: string): StoredEngine {
    const entry = this.#entry(key);
    if (!entry) throw new CareenError('engine-first', {});
    return entry;
  }

  #hear(room: Room): void {
    const { key, state, judging } = room;
    const isOpen = () => this.peek(key) === room;
    judging.on('changed', () => isOpen() && this.services.compare(key));
    state.on('message', (message) => isOpen() && this.emit('message', message));
    state.on('changed', (name) => {
      if (!isOpen()) return;
      this.emit('slice', name, key);
      if (name === 'engine') this.services.compare(key);
      if (told.has(name)) this.again();
    });
  }

  #listed(): Listed[] {
    const added = new Map(this.from.doc.value.engines.map((one) => [one.key, one]));
    return this.keys.map((key) => ({
      key,
      added: added.get(key) ?? null,
      room: this.#rooms.is(key),
    }));
  }
}
