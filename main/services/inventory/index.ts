import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import type { DockerEngine, EngineEvent, ListedImage } from '../../adapters/docker/types.js';
import { meansLost } from '../../domain/errors.js';
import type { ContainerFacts, Millis } from '../../domain/facts.js';
import type { Connection } from '../connection.js';
import type { Listed, Sighting } from '../types.js';
import { Again } from './again.js';
import { Changes, type Due, type ImageEvent, isEmpty } from './changes.js';
import { cacheState, listAll, type NatureReader, readNature, readNatures } from './reading.js';
import { arrivalOf, replayedOf, tagsOf, useOf, usesOf } from './sightings.js';
import { EventStream } from './stream.js';

export interface InventoryTimes {
  /** Events within this many ms are read together. */
  debounce: number;
  /** Without an event for this long the stream is opened anew (DESIGN §3, Event stream). */
  silence: number;
}

/** What is remembered of an engine's images (knowledge). */
export interface Memory {
  /** Whether an image's immutable facts are known. */
  knows(imageId: string): boolean;
  /** Every image that ever carried this reference. */
  carriers(reference: string): string[];
}

/** Milliseconds: the state of the build cache may take long and is not essential. */
const cacheDeadline = 5_000;

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
  #images = new Map<string, ListedImage>();
  #containers = new Map<string, ContainerFacts>();
  /** Events until the first full read ends: replayed ones, and a few that it may have missed. */
  #early: EngineEvent[] | null = [];
  #startedAt: Millis = 0;
  readonly #changes = new Changes();
  #debounce: Timer | null = null;
  readonly #again: Again;
  readonly #natures: NatureReader = {
    sighted: (sightings) => this.emit('sighted', sightings),
    failed: (error) => this.emit('failed', error),
  };
  #stream: EventStream | null = null;
  #work: Promise<void> = Promise.resolve();
  #engine: DockerEngine | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly memory: Memory,
    private readonly clock: Clock,
    private readonly times: InventoryTimes,
  ) {
    super();
    connection.on('lost', () => this.close());
    this.#again = new Again(() => this.#background(this.#catchUp()), clock);
  }

  /** Reads a newly connected engine whole, and follows its events from then on. */
  async start(engine: DockerEngine): Promise<void> {
    this.close();
    this.#engine = engine;
    this.#read = false;
    this.#early = [];
    this.#changes.take();
    this.#startedAt = this.clock.now();
    const stream = new EventStream(
      engine,
      {
        event: (event) => this.#event(event),
        broken: (error) => void this.#broken(engine, error),
        silent: () => this.#background(this.reopen()),
      },
      this.clock,
      this.times.silence,
    );
    this.#stream = stream;
    await this.#serial(async () => {
      await stream.begin();
      await this.#readAll();
      this.#readEarly();
      this.emit('changed');
    });
  }

  /** Shows what was remembered until the engine's own list is there. */
  remember(listed: Listed | null): void {
    this.#images = new Map(listed?.images);
    this.#containers = new Map(listed?.containers);
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

  close(): void {
    this.#engine = null;
    this.#again.cancel();
    this.#debounce?.cancel();
    this.#debounce = null;
    this.#stream?.close();
    this.#stream = null;
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

  /** A stream that broke while the engine answers is opened anew, but not at once for ever. */
  async #broken(engine: DockerEngine, error: unknown): Promise<void> {
    if (engine !== this.#engine) return;
    if (!meansLost(error)) this.emit('failed', error);
    try {
      await engine.ping();
    } catch (e) {
      if (meansLost(e)) {
        if (engine === this.#engine) this.connection.lost(engine, e);
        return;
      }
      this.emit('failed', e);
    }
    if (engine !== this.#engine) return;
    this.#changes.markAll();
    this.#again.later();
  }

  #event(event: EngineEvent): void {
    if (this.#early) {
      this.#early.push(event);
      return;
    }
    this.#sightUse(event);
    this.#mark(event);
  }

  /** What the engine still replays of its past says when images came and were used (JUDGING §2). */
  #readEarly(): void {
    const events = this.#early ?? [];
    this.#early = null;
    const ofImages = events.filter((event) => event.kind === 'image');
    this.emit('sighted', replayedOf(ofImages, this.#images));
    for (const event of events) {
      this.#sightUse(event);
      if (event.at >= this.#startedAt - replayMargin) this.#mark(event);
    }
  }

  #mark(event: EngineEvent): void {
    this.#changes.mark(event, this.#images.values());
    this.#debounce ??= this.clock.after(this.times.debounce, () =>
      this.#background(this.settled()),
    );
  }

  #sightUse(event: EngineEvent): void {
    if (event.kind !== 'container') return;
    const known = this.#containers.get(event.id);
    this.emit('sighted', useOf(event, known ? [known.imageId] : this.#resolve(event.reference)));
  }

  /**
   * The image that a container was made from, by the reference that its event names; where that
   * fails, every image that ever carried it (DESIGN §3).
   */
  #resolve(reference: string): string[] {
    for (const image of this.#images.values())
      if (image.id === reference || image.refs.includes(reference)) return [image.id];
    return this.memory.carriers(reference);
  }

  async #readAll(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    const { images, containers, containersCounted } = await listAll(engine);
    const hidden = Math.max(0, containersCounted - containers.length);
    this.#images = new Map(images.map((i) => [i.id, i]));
    this.#containers = new Map(containers.map((c) => [c.id, c]));
    this.#read = true;
    this.asOf = null;
    const listed = this.#publish(hidden, this.listed?.buildCache ?? 'unknown');
    this.emit('listed', listed);
    this.emit('sighted', containers.flatMap(usesOf));
    const fresh = images.map((i) => i.id).filter((id) => !this.memory.knows(id));
    await readNatures(engine, fresh, this.#natures);
    this.#publish(hidden, cacheState(await engine.cacheRecords(cacheDeadline)));
  }

  async #readDue(): Promise<void> {
    const engine = this.#engine;
    if (!engine || !this.#read || !this.listed) return;
    const due = this.#changes.take();
    if (isEmpty(due)) return;
    try {
      if (due.all || !(await this.#readNamed(engine, due, this.listed)))
        await this.#readAllDue(due);
    } catch (e) {
      this.#changes.untake(due);
      throw e;
    }
  }

  /** Reads all; events still tell how images came that the list shows for the first time. */
  async #readAllDue(due: Due): Promise<void> {
    const before = this.#images;
    await this.#readAll();
    const fresh = new Map([...this.#images].filter(([id]) => !before.has(id)));
    const events = [...due.images.values(), ...due.refs.values()].flat();
    this.emit('sighted', replayedOf(events, fresh));
    this.emit('changed');
  }

  /** Reads only what events named. False where the engine cannot tell of it: the list may. */
  async #readNamed(engine: DockerEngine, due: Due, listed: Listed): Promise<boolean> {
    try {
      for (const [ref, events] of due.refs) {
        const id = await engine.resolve(ref);
        if (id !== null) due.images.set(id, [...(due.images.get(id) ?? []), ...events]);
      }
      for (const id of due.containers) await this.#readContainer(engine, id);
      for (const [id, events] of due.images) {
        const refs = await this.#readImage(engine, id, events);
        // An image that is loaded takes its names from others, and no event says so.
        for (const other of this.#images.values())
          if (!due.images.has(other.id) && other.refs.some((ref) => refs.includes(ref)))
            due.images.set(other.id, []);
      }
    } catch (e) {
      if (meansLost(e)) throw e;
      this.emit('failed', e);
      return false;
    }
    this.#publish(listed.hiddenContainers, listed.buildCache);
    return true;
  }

  async #readContainer(engine: DockerEngine, id: string): Promise<void> {
    const container = await engine.container(id);
    if (!container) {
      this.#containers.delete(id);
      return;
    }
    this.#containers.set(id, container);
    this.emit('sighted', usesOf(container));
  }

  /** Reads one image; gives its names, none when it is gone. */
  async #readImage(
    engine: DockerEngine,
    id: string,
    events: readonly ImageEvent[],
  ): Promise<string[]> {
    const now = this.clock.now();
    const fresh = !this.#images.has(id);
    // The nature of a new image first: the list's answer can then lean on it (fewer requests).
    const there = !fresh || (await readNature(engine, id, this.#natures));
    const image = there ? await engine.listImage(id) : null;
    if (!image) {
      const at = events.at(-1)?.at ?? now;
      if (this.#images.delete(id)) this.emit('sighted', [{ kind: 'gone', id, at }]);
      return [];
    }
    this.#images.set(id, image);
    this.emit('sighted', [
      ...(fresh ? [arrivalOf(id, events, now)] : tagsOf(id, events)),
      { kind: 'named', id, names: [...image.refs, ...image.digests] },
    ]);
    return image.refs;
  }

  #publish(hiddenContainers: number, buildCache: Listed['buildCache']): Listed {
    const listed = {
      images: this.#images,
      containers: this.#containers,
      hiddenContainers,
      buildCache,
      takenAt: this.clock.now(),
    };
    this.listed = listed;
    this.emit('changed');
    return listed;
  }
}
