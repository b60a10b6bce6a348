import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import type { DockerEngine, EngineEvent, ListedImage } from '../../adapters/docker/types.js';
import { meansLost } from '../../domain/errors.js';
import type { ContainerFacts, Millis } from '../../domain/facts.js';
import type { Connection } from '../connection.js';
import type { Listed, Sighting } from '../types.js';
import { Changes, type ImageEvent, isEmpty } from './changes.js';
import { listAll, readNature, readNatures } from './reading.js';
import { howArrived, useOf, usesOf } from './sightings.js';
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
  /** Reading failed where nobody waits for it; the connection was told. */
  failed: [unknown];
}> {
  /** What the engine holds; null until something of it is known. */
  listed: Listed | null = null;
  /** While `listed` is only remembered: the moment it was true. */
  asOf: Millis | null = null;
  #read = false;
  #images = new Map<string, ListedImage>();
  #containers = new Map<string, ContainerFacts>();
  /** Events before the first full read: replayed ones, and a few that the read may have missed. */
  #early: EngineEvent[] = [];
  #startedAt: Millis = 0;
  readonly #changes = new Changes();
  #debounce: Timer | null = null;
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
  }

  /** Reads a newly connected engine whole, and follows its events from then on. */
  async start(engine: DockerEngine): Promise<void> {
    this.close();
    this.#engine = engine;
    this.#read = false;
    this.#early = [];
    this.#startedAt = this.clock.now();
    const stream = new EventStream(
      engine,
      {
        event: (event) => this.#event(event),
        broken: (error) => this.#background(this.#broken(engine, error)),
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
    return this.#serial(() => this.#readAll());
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
      if (!(await this.#stream?.again())) await this.#readAll();
    });
  }

  close(): void {
    this.#engine = null;
    this.#debounce?.cancel();
    this.#debounce = null;
    this.#stream?.close();
    this.#stream = null;
  }

  /** One reading at a time; where it fails the connection is told and finds the engine again. */
  #serial(work: () => Promise<void>): Promise<void> {
    const engine = this.#engine;
    const next = this.#work.then(async () => {
      if (!engine || engine !== this.#engine) return;
      try {
        await work();
      } catch (e) {
        if (this.#engine === engine) this.connection.lost(engine, e);
        if (!meansLost(e)) throw e;
      }
    });
    this.#work = next.catch(() => undefined);
    return next;
  }

  #background(work: Promise<void>): void {
    work.catch((e: unknown) => void this.emit('failed', e));
  }

  async #broken(engine: DockerEngine, error: unknown): Promise<void> {
    if (engine !== this.#engine) return;
    try {
      await engine.ping();
    } catch (e) {
      this.connection.lost(engine, meansLost(e) ? e : error);
      return;
    }
    await this.reopen();
  }

  #event(event: EngineEvent): void {
    if (!this.#read) {
      this.#early.push(event);
      return;
    }
    this.#sightUse(event);
    this.#mark(event);
  }

  /** What the engine still replays of its past says when images came and were used (JUDGING §2). */
  #readEarly(): void {
    for (const event of this.#early.splice(0)) {
      this.#sightUse(event);
      if (event.kind === 'image') this.#sightReplayed(event);
      if (event.at >= this.#startedAt - replayMargin) this.#mark(event);
    }
  }

  #mark(event: EngineEvent): void {
    this.#changes.mark(event, this.#images.values());
    this.#debounce ??= this.clock.after(this.times.debounce, () =>
      this.#background(this.settled()),
    );
  }

  #sightReplayed(event: ImageEvent): void {
    const how = howArrived(event);
    if (how === 'seen') return;
    for (const image of this.#images.values())
      if (event.ref !== null && image.refs.includes(event.ref))
        this.emit('sighted', [{ kind: 'arrived', id: image.id, at: event.at, how }]);
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
    this.#changes.take();
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
    await readNatures(engine, fresh, (sightings) => this.emit('sighted', sightings));
    this.#publish(hidden, await engine.buildCache(cacheDeadline));
  }

  async #readDue(): Promise<void> {
    const engine = this.#engine;
    if (!engine || !this.#read || !this.listed) return;
    const due = this.#changes.take();
    if (isEmpty(due)) return;
    if (due.all) return this.#readAll();
    const came = new Map<string, ImageEvent>();
    for (const [ref, event] of due.refs) {
      const id = event.id ?? (await engine.resolve(ref));
      if (id === null) continue;
      due.images.add(id);
      came.set(id, event);
    }
    for (const id of due.containers) await this.#readContainer(engine, id);
    for (const id of due.images) await this.#readImage(engine, id, came.get(id) ?? null);
    this.#publish(this.listed.hiddenContainers, this.listed.buildCache);
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

  async #readImage(engine: DockerEngine, id: string, event: ImageEvent | null): Promise<void> {
    const at = event?.at ?? this.clock.now();
    const fresh = !this.#images.has(id);
    // The nature of a new image first: the list's answer can then lean on it (fewer requests).
    const there = !fresh || (await this.#readNature(engine, id));
    const image = there ? await engine.listImage(id) : null;
    if (!image) {
      if (this.#images.delete(id)) this.emit('sighted', [{ kind: 'gone', id, at }]);
      return;
    }
    if (fresh) this.emit('sighted', [{ kind: 'arrived', id, at, how: howArrived(event) }]);
    else if (event?.action === 'tag') this.emit('sighted', [{ kind: 'tagged', id, at }]);
    this.#images.set(id, image);
  }

  #readNature(engine: DockerEngine, id: string): Promise<boolean> {
    return readNature(engine, id, (sightings) => this.emit('sighted', sightings));
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
