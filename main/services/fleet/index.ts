import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import { type FleetSlice, withPolicyOf } from '../../contract/fleet.js';
import { firstEngine } from '../../contract/first-engine.js';
import type { SliceMessage, SliceName } from '../../contract/slices.js';
import type { Turns } from '../turns.js';
import { Addresses } from './addresses.js';
import { Changes } from './changes.js';
import { CutOffByTwins } from './cut-off.js';
import type { MetFirst } from './met.js';
import { Rooms } from './rooms.js';
import { rowsOf } from './rows.js';
import { ServicesOfAll } from './services.js';
import { addedAs, entryOf, type FleetDoc, type StoredEngine } from './stored.js';
import type { Listed } from './twins.js';
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
  /** What a person changes of the list. */
  readonly changes: Changes;
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
      open: (key) => from.open(key, addedAs(from.doc.value, key)),
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
    this.changes = new Changes({
      doc: from.doc,
      met: from.met,
      turns: from.turns,
      addresses: this.addresses,
      cutOff: this.cutOff,
      rooms: this.#rooms,
      closed: (key) => {
        this.emit('closed', key);
        this.services.compare(key);
      },
      changed: () => this.again(),
      failed: (e) => this.emit('failed', e),
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

  /** An engine that was added; throws `engine-unknown`, and `engine-first` for the first, which nobody added. */
  entry(key: string): StoredEngine {
    return entryOf(this.from.doc.value, key);
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
