import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import { type FleetSlice, firstEngine, withPolicyOf } from '../../contract/fleet.js';
import type { SliceMessage, SliceName } from '../../contract/slices.js';
import { CareenError } from '../../domain/errors.js';
import type { ServiceFacts } from '../../domain/swarm/types.js';
import type { Turns } from '../turns.js';
import { Addresses } from './addresses.js';
import { CutOffByTwins } from './cut-off.js';
import { Rooms } from './rooms.js';
import { isCutOff, rowsOf } from './rows.js';
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
  /** Which engine each address of the list leads to. */
  readonly addresses: Addresses;
  /** What was cut off by way of other addresses of what may be the same engine. */
  readonly cutOff: CutOffByTwins;
  readonly #rooms: Rooms;
  #value: FleetSlice | null = null;
  #said = '';
  /** What the manager of each room told of services last, by key. */
  readonly #services = new Map<string, string>();
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
    );
    this.cutOff = new CutOffByTwins({
      addresses: this.addresses,
      room: (key) => this.room(key),
      peek: (key) => this.peek(key),
      isClosed: () => this.#rooms.isClosed,
      changed: () => this.again(),
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

  /**
   * Images of the kept versions of a service, by its ID, as far as engines were reached. Service IDs are
   * unique, and any of a swarm's managers may have updated it: each keeps the versions that it replaced.
   */
  imagesOfService(id: string): string[] {
    return [...new Set(this.rooms.flatMap((room) => room.imagesOfService(id)))];
  }

  /**
   * The services of a swarm by one of its managers, by their node IDs, that is an engine of the list and
   * answers; null: none is. A worker cannot know services (FLEET, Task containers).
   */
  servicesBy(managers: readonly string[]): readonly ServiceFacts[] | null {
    const told = this.rooms.map((room) => room.swarm());
    const by = told.find(
      (one) => one?.answered === true && one.nodeId !== null && managers.includes(one.nodeId),
    );
    return by?.services ?? null;
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
    // What cannot be opened tells of no run, and is not to stay for ever.
    const room = leaves ? null : await this.room(key).catch(() => null);
    if (room && isCutOff(room))
      throw new CareenError('engine-unfinished', { name: this.addresses.nameOf(key) });
    await this.#takeOff(key, (stored) => without(stored, key));
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

  async #takeOff(key: string, change: (stored: StoredFleet) => StoredFleet): Promise<void> {
    await this.#rooms.alone(key, async () => {
      this.entry(key);
      await this.#rooms.shut(key);
      await this.from.doc.set(change(this.from.doc.value));
    });
    this.emit('closed', key);
    this.#compareServices(key);
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
      await this.#rooms.alone(key, async () => {
        const before = this.entry(key);
        if (!onlyName) await this.#rooms.shut(key);
        await whileShut?.(before);
        const { id = before.id } = change;
        const stored = this.from.doc.value;
        const value = id === before.id ? stored : withId(stored, key, id);
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
    judging.on('changed', () => isOpen() && this.#compareServices(key));
    state.on('message', (message) => isOpen() && this.emit('message', message));
    state.on('changed', (name) => {
      if (!isOpen()) return;
      this.emit('slice', name, key);
      if (name === 'engine') this.#compareServices(key);
      if (told.has(name)) this.again();
    });
  }

  /** What a manager tells of services holds images on every node of its swarm that is in the list. */
  #compareServices(key: string): void {
    const swarm = this.peek(key)?.swarm() ?? null;
    const said = swarm?.answered ? JSON.stringify(swarm.services) : '';
    if (said === (this.#services.get(key) ?? '')) return;
    this.#services.set(key, said);
    for (const other of this.rooms) if (other.key !== key) other.judging.again();
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
