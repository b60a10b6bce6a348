import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine, ListedContainer } from '../../adapters/docker/types.js';
import { meansLost } from '../../domain/errors.js';
import { isTask } from '../../domain/swarm/subjects.js';
import type { Sighting } from '../types.js';
import type { Due, ImageEvent, ListedKind } from './changes.js';
import type { Held } from './held.js';
import { listAll, readNature, readNatures } from './reading.js';
import { arrivalOf, attachmentsOf, missedEnds, replayedOf, tagsOf, usesOf } from './sightings.js';

/** What is remembered of an engine's images (knowledge). */
export interface Memory {
  /** Whether an image's immutable facts are known. */
  knows(imageId: string): boolean;
  /** Every image that ever carried this reference. */
  carriers(reference: string): string[];
}

/** Who is told what reading found. */
export interface ReaderTell {
  sighted(sightings: Sighting[]): void;
  /** The engine could not tell of one thing; what is unknown is kept. */
  failed(error: unknown): void;
  /** What is held is as the engine told it now. */
  published(): void;
  /** A whole list was read; immutable facts of images not known before follow. */
  listed(): void;
}

/** Milliseconds: the state of the build cache may take long and is not essential. */
const cacheDeadline = 5_000;

/** Reads one engine into what is held of it: whole, or only what events named. */
export class Reader {
  constructor(
    private readonly engine: DockerEngine,
    private readonly held: Held,
    private readonly memory: Memory,
    private readonly tell: ReaderTell,
    private readonly clock: Clock,
  ) {}

  /** Everything that the engine lists, and of images not known before what never changes. */
  async all(): Promise<void> {
    const { engine, held } = this;
    const listing = await listAll(engine);
    this.#missed(listing.containers);
    held.take(listing);
    this.tell.published();
    this.tell.listed();
    this.tell.sighted(listing.containers.flatMap(usesOf));
    const fresh = listing.images.map((i) => i.id).filter((id) => !this.memory.knows(id));
    await readNatures(engine, fresh, this.tell);
    // Whose a container is is told apart from what its image's own labels say.
    this.tell.sighted(listing.containers.flatMap((c) => attachmentsOf(c, held.networks.values())));
    held.takeCache(await engine.cacheRecords(cacheDeadline));
    this.tell.published();
  }

  /** Reads all; events still tell how images came that the list shows for the first time. */
  async allWith(due: Due): Promise<void> {
    const before = new Set(this.held.images.keys());
    await this.all();
    const fresh = new Map([...this.held.images].filter(([id]) => !before.has(id)));
    const events = [...due.images.values(), ...due.refs.values()].flat();
    this.tell.sighted(replayedOf(events, fresh));
  }

  /** Reads only what events named. False where the engine cannot tell of it: the list may. */
  async named(due: Due): Promise<boolean> {
    try {
      for (const kind of due.lists) await this.#list(kind);
      for (const [ref, events] of due.refs) {
        const id = await this.engine.resolve(ref);
        if (id !== null) due.images.set(id, [...(due.images.get(id) ?? []), ...events]);
      }
      // A worker, and a manager without a leader, is told of nothing that changes its services.
      if (this.held.servicesInDoubt && !due.lists.has('swarm')) await this.#list('swarm');
      const containers: ListedContainer[] = [];
      for (const id of due.containers) containers.push(...(await this.#container(id)));
      // Of what BuildKit makes not every engine sends an event: its first container tells of it.
      for (const { imageId } of containers)
        if (!this.held.images.has(imageId) && !due.images.has(imageId)) due.images.set(imageId, []);
      for (const [id, events] of due.images) {
        const refs = await this.#image(id, events);
        // An image that is loaded takes its names from others, and no event says so.
        for (const other of this.held.images.values())
          if (!due.images.has(other.id) && other.refs.some((ref) => refs.includes(ref)))
            due.images.set(other.id, []);
      }
      // It has become a node of a swarm, of which no event tells on a worker.
      if (!this.held.inSwarm && containers.some(({ labels }) => isTask(labels))) return false;
      const networks = this.held.networks.values();
      this.tell.sighted(containers.flatMap((c) => attachmentsOf(c, networks)));
    } catch (e) {
      if (meansLost(e)) throw e;
      this.tell.failed(e);
      return false;
    }
    this.tell.published();
    return true;
  }

  /** Containers that ended and went while nobody was told of it. */
  #missed(now: readonly ListedContainer[]): void {
    const { containers, networks, takenAt } = this.held;
    const there = new Set(now.map(({ id }) => id));
    for (const { container, used } of missedEnds(containers.values(), there, takenAt))
      this.tell.sighted([used, ...attachmentsOf(container, networks.values(), takenAt)]);
  }

  async #list(kind: ListedKind): Promise<void> {
    if (kind === 'networks') this.held.takeNetworks(await this.engine.networks());
    else if (kind === 'volumes') this.held.takeVolumes(await this.engine.volumes());
    else if (kind === 'swarm') this.held.takeSwarm(await this.engine.swarm());
    else this.held.takeCache(await this.engine.cacheRecords(cacheDeadline));
  }

  async #container(id: string): Promise<ListedContainer[]> {
    const container = await this.engine.container(id);
    if (!container) {
      this.held.containers.delete(id);
      return [];
    }
    this.held.takeContainer(container);
    this.tell.sighted(usesOf(container));
    return [container];
  }

  /** Reads one image; gives its names, none when it is gone. */
  async #image(id: string, events: readonly ImageEvent[]): Promise<string[]> {
    const { images } = this.held;
    const now = this.clock.now();
    const fresh = !images.has(id);
    // The nature of a new image first: the list's answer can then lean on it (fewer requests).
    const there = !fresh || (await readNature(this.engine, id, this.tell));
    const image = there ? await this.engine.listImage(id) : null;
    if (!image) {
      const at = events.at(-1)?.at ?? now;
      if (images.delete(id)) this.tell.sighted([{ kind: 'gone', id, at }]);
      return [];
    }
    images.set(id, image);
    this.tell.sighted([
      ...(fresh ? [arrivalOf(id, events, now)] : tagsOf(id, events)),
      { kind: 'named', id, names: [...image.refs, ...image.digests] },
    ]);
    return image.refs;
  }
}
