import { EventEmitter } from 'node:events';
import PQueue from 'p-queue';
import type { Clock, Timer } from '../adapters/clock.js';
import type {
  DockerEngine,
  EngineEvent,
  ImageNature,
  ListedImage,
  Listing,
} from '../adapters/docker/types.js';
import { meansLost } from '../domain/errors.js';
import type { ContainerFacts, Millis, Used } from '../domain/facts.js';
import type { Connection } from './connection.js';
import type { Listed, Sighting } from './types.js';

type ImageEvent = EngineEvent & { kind: 'image' };
type ContainerEvent = EngineEvent & { kind: 'container' };

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

/** `since` in ms that makes the engine replay all the events it still has (at most 256). */
const replayAll = 1;
/** Milliseconds before the first read within which an event may have been missed by it. */
const replayMargin = 5_000;

const useSources: Partial<Record<ContainerEvent['action'], Used['source']>> = {
  create: 'container-created',
  start: 'container-started',
  die: 'container-finished',
  destroy: 'container-finished',
};

/**
 * What the engine holds, current from its events: a full read only on connect and after a gap,
 * otherwise only what an event names (DESIGN §3).
 */
export class Inventory extends EventEmitter<{
  changed: [];
  sighted: [Sighting[]];
  /** A whole list was read; immutable facts of images not known before follow. */
  listed: [Listed];
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
  #dirtyImages = new Set<string>();
  #dirtyRefs = new Map<string, ImageEvent>();
  #dirtyContainers = new Set<string>();
  #rereadDue = false;
  #debounce: Timer | null = null;
  #silence: Timer | null = null;
  #stream: { close(): void } | null = null;
  #lastEvent: Millis = 0;
  #work: Promise<void> = Promise.resolve();
  #engine: DockerEngine | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly memory: Memory,
    private readonly clock: Clock,
    private readonly times: InventoryTimes,
  ) {
    super();
    connection.on('lost', () => this.#stop());
  }

  /** Reads a newly connected engine whole, and follows its events from then on. */
  async start(engine: DockerEngine): Promise<void> {
    this.#stop();
    this.#engine = engine;
    this.#read = false;
    this.#early = [];
    this.#startedAt = this.clock.now();
    await this.#serial(async () => {
      await this.#open(replayAll);
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

  /** Reads everything anew; for engines whose events do not tell of builds, and after a gap. */
  refresh(): Promise<void> {
    return this.#serial(() => this.#readAll());
  }

  /** Resolves once what events have told so far is read. */
  settled(): Promise<void> {
    this.#debounce?.cancel();
    this.#debounce = null;
    return this.#serial(() => this.#readDirty());
  }

  close(): void {
    this.#stop();
  }

  /** What the engine still replays of its past says when images came and were used (JUDGING §2). */
  #readEarly(): void {
    for (const event of this.#early.splice(0)) {
      if (event.kind === 'container') this.#sightUse(event);
      else this.#sightReplayed(event);
      if (event.at >= this.#startedAt - replayMargin) this.#markDirty(event);
    }
  }

  #sightReplayed(event: ImageEvent): void {
    const how = howArrived(event);
    if (how === 'seen') return;
    for (const image of this.#images.values())
      if (event.ref !== null && image.refs.includes(event.ref))
        this.emit('sighted', [{ kind: 'arrived', id: image.id, at: event.at, how }]);
  }

  #stop(): void {
    this.#engine = null;
    this.#debounce?.cancel();
    this.#silence?.cancel();
    this.#stream?.close();
    this.#stream = null;
  }

  /** One reading at a time; a failure that means the engine is gone is told to the connection. */
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

  async #open(since: Millis | null): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    const stream = await engine.events(
      {
        event: (event) => this.#event(event),
        closed: (error) => {
          if (this.#stream === stream) void this.#reopen(engine, error);
        },
      },
      since,
    );
    this.#stream = stream;
    this.#listenForSilence();
  }

  #listenForSilence(): void {
    this.#silence?.cancel();
    this.#silence = this.clock.after(this.times.silence, () => void this.reopen());
  }

  /** Opens the event stream anew, as after sleep or long silence, and reads what was missed. */
  reopen(): Promise<void> {
    this.#stream?.close();
    this.#stream = null;
    return this.#serial(async () => {
      await this.#open(this.#lastEvent > 0 ? this.#lastEvent : null);
      await this.#readAll();
    });
  }

  async #reopen(engine: DockerEngine, error: unknown): Promise<void> {
    this.#stream = null;
    if (engine !== this.#engine) return;
    try {
      await engine.ping();
      await this.reopen();
    } catch (e) {
      this.connection.lost(engine, meansLost(e) ? e : error);
    }
  }

  #event(event: EngineEvent): void {
    this.#lastEvent = Math.max(this.#lastEvent, event.at);
    this.#listenForSilence();
    if (!this.#read) {
      this.#early.push(event);
      return;
    }
    if (event.kind === 'container') this.#sightUse(event);
    this.#markDirty(event);
  }

  #markDirty(event: EngineEvent): void {
    if (event.kind === 'container') this.#dirtyContainers.add(event.id);
    else this.#markImageDirty(event);
    this.#debounce ??= this.clock.after(this.times.debounce, () => void this.settled());
  }

  #sightUse(event: ContainerEvent): void {
    const source = useSources[event.action];
    if (!source) return;
    const known = this.#containers.get(event.id);
    const ids = known ? [known.imageId] : this.#resolve(event.reference);
    this.emit(
      'sighted',
      ids.map((id) => ({ kind: 'used' as const, id, at: event.at, source, by: event.name })),
    );
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

  #markImageDirty(event: ImageEvent): void {
    if (event.action === 'prune') this.#rereadDue = true;
    if (event.id !== null) this.#dirtyImages.add(event.id);
    const ref = event.ref;
    if (ref !== null) {
      this.#dirtyRefs.set(ref, event);
      for (const image of this.#images.values())
        if (image.refs.includes(ref)) this.#dirtyImages.add(image.id);
    }
    if (event.id === null && ref === null) this.#rereadDue = true;
  }

  async #readAll(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return;
    this.#forgetDirty();
    const { images, containers, containersCounted } = await this.#list(engine);
    this.#images = new Map(images.map((i) => [i.id, i]));
    this.#containers = new Map(containers.map((c) => [c.id, c]));
    this.#read = true;
    this.asOf = null;
    const buildCache = this.listed?.buildCache ?? 'unknown';
    this.#publish(containersCounted, buildCache, true);
    this.emit('sighted', containers.flatMap(usesOf));
    await this.#readNatures(
      engine,
      images.map((i) => i.id).filter((id) => !this.memory.knows(id)),
    );
    this.#publish(containersCounted, await engine.buildCache(cacheDeadline));
  }

  /** A container that goes between two calls is counted and not listed: asked once more. */
  async #list(engine: DockerEngine): Promise<Listing> {
    const listing = await engine.list();
    return listing.containersCounted > listing.containers.length ? engine.list() : listing;
  }

  /** Immutable facts, read once in an image's life, eight at a time (ACCOUNTING). */
  async #readNatures(engine: DockerEngine, ids: string[]): Promise<void> {
    const queue = new PQueue({ concurrency: 8 });
    await Promise.all(ids.map((id) => queue.add(() => this.#readNature(engine, id))));
  }

  async #readNature(engine: DockerEngine, id: string): Promise<ImageNature | null> {
    const read = await engine.readImage(id);
    if (!read) return null;
    const { nature, state } = read;
    const sightings: Sighting[] = [{ kind: 'nature', nature }];
    if (state.lastTagged !== null) sightings.push({ kind: 'tagged', id, at: state.lastTagged });
    this.emit('sighted', sightings);
    return nature;
  }

  #forgetDirty(): void {
    this.#rereadDue = false;
    this.#dirtyImages.clear();
    this.#dirtyRefs.clear();
    this.#dirtyContainers.clear();
  }

  async #readDirty(): Promise<void> {
    this.#debounce = null;
    const engine = this.#engine;
    if (!engine || !this.#read || !this.listed) return;
    if (this.#rereadDue) return this.#readAll();
    const refs = [...this.#dirtyRefs];
    const images = new Set(this.#dirtyImages);
    const containers = [...this.#dirtyContainers];
    if (refs.length + images.size + containers.length === 0) return;
    this.#forgetDirty();
    const arrivals = new Map<string, ImageEvent>();
    for (const [ref, event] of refs) {
      const id = event.id ?? (await engine.resolve(ref));
      if (id === null) continue;
      images.add(id);
      arrivals.set(id, event);
    }
    for (const id of containers) await this.#readContainer(engine, id);
    for (const id of images) await this.#readImage(engine, id, arrivals.get(id) ?? null);
    this.#publish(this.listed.containersCounted, this.listed.buildCache);
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
    const image =
      fresh && !(await this.#readNature(engine, id)) ? null : await engine.listImage(id);
    if (!image) {
      if (this.#images.delete(id)) this.emit('sighted', [{ kind: 'gone', id, at }]);
      return;
    }
    if (fresh) this.emit('sighted', [{ kind: 'arrived', id, at, how: howArrived(event) }]);
    else if (event?.action === 'tag') this.emit('sighted', [{ kind: 'tagged', id, at }]);
    this.#images.set(id, image);
  }

  #publish(containersCounted: number, buildCache: Listed['buildCache'], whole = false): void {
    this.listed = {
      images: this.#images,
      containers: this.#containers,
      containersCounted,
      buildCache,
      takenAt: this.clock.now(),
    };
    if (whole) this.emit('listed', this.listed);
    this.emit('changed');
  }
}

/** By which act an image came, as far as its first event tells (ACCOUNTING, Events). */
function howArrived(event: ImageEvent | null): 'pulled' | 'built' | 'loaded' | 'seen' {
  switch (event?.action) {
    case 'pull':
      return 'pulled';
    case 'load':
    case 'import':
      return 'loaded';
    case 'tag':
    case 'create':
      return 'built';
    default:
      return 'seen';
  }
}

/** A container's own times tell when its image was used. */
function usesOf(container: ContainerFacts): Sighting[] {
  const times = [
    ['container-created', container.created],
    ['container-started', container.started],
    ['container-finished', container.finished],
  ] as const;
  return times.flatMap(([source, at]) =>
    at === null
      ? []
      : [{ kind: 'used' as const, id: container.imageId, at, source, by: container.name }],
  );
}
