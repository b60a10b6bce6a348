import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import type { DockerEngine, EngineDiskUse, EngineEvent } from '../../adapters/docker/types.js';
import { meansLost } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { Connection } from '../connection.js';
import type { Listed, Sighting } from '../types.js';
import { Again } from './again.js';
import { Changes, isEmpty } from './changes.js';
import { Held } from './held.js';
import { Pulse } from './pulse.js';
import { type Memory, Reader, type ReaderTell } from './reader.js';
import { replayedOf } from './sightings.js';
import { EventStream } from './stream.js';
import { Uses } from './uses.js';

export interface InventoryTimes {
  /** Events within this many ms are read together. */
  debounce: number;
  /** Without an event for this long the stream is opened anew (DESIGN §3, Event stream). */
  silence: number;
}

/** Milliseconds before the first read within which an event may have been missed by it. */
const replayMargin = 5_000;

/**
 * What the engine holds, current from its events: a full read only on connect and after a gap,
 * otherwise only what an event names (DESIGN §3).
 */
export class Inventory extends EventEmitter<{
  changed: [];
  sighted: [Sighting[]];
  /** A whole list was read; immutable facts of images not known before follow. */
  listed: [Listed];
  /** Reading failed where nobody waits for it; it is tried again. */
  failed: [unknown];
}> {
  /** What the engine holds; null until something of it is known. */
  listed: Listed | null = null;
  /** While `listed` is only remembered: the moment it was true. */
  asOf: Millis | null = null;
  #read = false;
  readonly #held = new Held();
  readonly #uses: Uses;
  /** Events until the first full read ends: replayed ones, and a few that it may have missed. */
  #early: EngineEvent[] | null = [];
  #startedAt: Millis = 0;
  readonly #changes = new Changes();
  #debounce: Timer | null = null;
  readonly #again: Again;
  #stream: EventStream | null = null;
  #pulse: Pulse | null = null;
  #work: Promise<void> = Promise.resolve();
  #engine: DockerEngine | null = null;
  #reader: Reader | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly memory: Memory,
    private readonly clock: Clock,
    private readonly times: InventoryTimes,
  ) {
    super();
    this.#uses = new Uses(this.#held, memory);
    connection.on('lost', () => this.close());
    this.#again = new Again(() => this.#background(this.#catchUp()), clock);
  }

  /** Reads a newly connected engine whole, and follows its events from then on. */
  async start(engine: DockerEngine): Promise<void> {
    this.close();
    this.#engine = engine;
    const reader = new Reader(engine, this.#held, this.memory, this.#tell(engine), this.clock);
    this.#reader = reader;
    this.#read = false;
    this.#early = [];
    this.#changes.take();
    this.#startedAt = this.clock.now();
    const stream = new EventStream(
      engine,
      {
        event: (event) => {
          pulse.heard();
          this.#event(event);
        },
        broken: (error) => void this.#broken(engine, error),
        silent: () => this.#background(this.reopen()),
      },
      this.clock,
      this.times.silence,
    );
    this.#stream = stream;
    const pulse = new Pulse(engine, (why) => this.connection.lost(engine, why), this.clock);
    this.#pulse = pulse;
    await this.#serial(async () => {
      await stream.begin();
      await reader.all();
      this.#readEarly();
      this.emit('changed');
    });
  }

  /** Shows what was remembered until the engine's own list is there. */
  remember(listed: Listed | null): void {
    this.#read = false;
    this.#held.remember(listed);
    this.listed = listed;
    this.asOf = listed?.takenAt ?? null;
    this.emit('changed');
  }

  /** Reads everything anew. */
  refresh(): Promise<void> {
    this.#changes.markAll();
    return this.#serial(() => this.#readDue());
  }

  /** Resolves once what events have told so far is read. */
  settled(): Promise<void> {
    this.#debounce?.cancel();
    this.#debounce = null;
    return this.#serial(() => this.#readDue());
  }

  /** Opens the event stream anew, as after sleep or long silence, and reads what was missed. */
  reopen(): Promise<void> {
    return this.#serial(async () => {
      if (!(await this.#stream?.again())) this.#changes.markAll();
      await this.#readDue();
    });
  }

  /**
   * What everything on the engine takes, as it counts itself, which may take it minutes; null past
   * the deadline (ms) and while no engine is connected. Sizes are kept in `listed`.
   */
  async diskUse(deadline: number): Promise<EngineDiskUse | null> {
    const engine = this.#engine;
    const use = await engine?.diskUse(deadline);
    if (!use || engine !== this.#engine) return null;
    const isNew = this.#held.takeDiskUse(use);
    // Each window that opens asks for it: what is as it was is not judged anew.
    if (isNew && this.#read) this.#publish();
    return use;
  }

  /** Notes that what is held is true now, since events would have told of a change. */
  witness(): void {
    if (this.#stream?.isOpen) this.#stillTrue();
  }

  close(): void {
    this.witness();
    this.#engine = null;
    this.#reader = null;
    this.#again.cancel();
    this.#debounce?.cancel();
    this.#debounce = null;
    this.#stream?.close();
    this.#stream = null;
    this.#pulse?.stop();
    this.#pulse = null;
  }

  /**
   * One reading at a time. Where the engine is lost the connection is told and finds it again; after
   * any other failure all is due, and read again later.
   */
  #serial(work: () => Promise<void>): Promise<void> {
    const engine = this.#engine;
    const next = this.#work.then(async () => {
      if (!engine || engine !== this.#engine) return;
      try {
        await work();
      } catch (e) {
        // What failed because this engine was let go is of no matter.
        if (engine !== this.#engine) return;
        if (meansLost(e)) {
          this.connection.lost(engine, e);
          return;
        }
        this.#changes.markAll();
        this.#again.later();
        throw e;
      }
    });
    this.#work = next.catch(() => undefined);
    return next;
  }

  #background(work: Promise<void>): void {
    work.catch((e: unknown) => void this.emit('failed', e));
  }

  /** Reads what is due, over a new stream where the old one broke. */
  #catchUp(): Promise<void> {
    return this.#stream?.isOpen ? this.settled() : this.reopen();
  }

  /**
   * A stream that broke while the engine answers is opened anew, but not at once for ever. Whether
   * anything was missed the replay tells; after an answer that could not be read it cannot.
   */
  async #broken(engine: DockerEngine, error: unknown): Promise<void> {
    if (engine !== this.#engine) return;
    this.#stillTrue();
    if (!meansLost(error)) {
      this.#changes.markAll();
      this.emit('failed', error);
    }
    try {
      await engine.confirm();
    } catch (e) {
      if (meansLost(e)) {
        if (engine === this.#engine) this.connection.lost(engine, e);
        return;
      }
      this.emit('failed', e);
    }
    if (engine === this.#engine) this.#again.later();
  }

  #stillTrue(): void {
    if (!this.#read || !this.listed) return;
    this.#held.takenAt = this.clock.now();
    this.listed = { ...this.listed, takenAt: this.#held.takenAt };
  }

  #event(event: EngineEvent): void {
    if (this.#early) {
      this.#early.push(event);
      return;
    }
    this.emit('sighted', this.#uses.of(event));
    this.#mark(event);
  }

  /** What the engine still replays of its past says when images came and were used (JUDGING §2). */
  #readEarly(): void {
    const events = this.#early ?? [];
    this.#early = null;
    const ofImages = events.filter((event) => event.kind === 'image');
    this.emit('sighted', replayedOf(ofImages, this.#held.images));
    for (const event of events) {
      this.emit('sighted', this.#uses.of(event));
      if (event.at >= this.#startedAt - replayMargin) this.#mark(event);
    }
  }

  #mark(event: EngineEvent): void {
    this.#changes.mark(event, this.#held.images.values());
    this.#debounce ??= this.clock.after(this.times.debounce, () =>
      this.#background(this.settled()),
    );
  }

  /** What is read of an engine that was let go meanwhile is nobody's business: two never mix. */
  #tell(engine: DockerEngine): ReaderTell {
    const ifCurrent = (act: () => void) => {
      if (engine === this.#engine) act();
    };
    return {
      sighted: (sightings) => ifCurrent(() => this.emit('sighted', sightings)),
      failed: (error) => ifCurrent(() => this.emit('failed', error)),
      published: () => ifCurrent(() => this.#publish()),
      listed: () => ifCurrent(() => this.listed && this.emit('listed', this.listed)),
    };
  }

  async #readDue(): Promise<void> {
    const reader = this.#reader;
    if (!reader || !this.#read) return;
    const due = this.#changes.take();
    if (isEmpty(due)) return;
    try {
      if (!due.all && (await reader.named(due))) return;
      await reader.allWith(due);
      this.emit('changed');
    } catch (e) {
      this.#changes.untake(due);
      throw e;
    }
  }

  /** Shows what is held as the engine told it now. */
  #publish(): void {
    this.#read = true;
    this.asOf = null;
    this.listed = this.#held.listed(this.clock.now());
    this.emit('changed');
  }
}
