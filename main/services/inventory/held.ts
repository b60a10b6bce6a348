import { isDeepStrictEqual } from 'node:util';
import type {
  EngineDiskUse,
  ListedContainer,
  ListedImage,
  ListedNetwork,
  ListedSwarm,
  ListedVolume,
  Listing,
} from '../../adapters/docker/types.js';
import type { CacheRecord, ContainerFacts, Inventory, Millis } from '../../domain/facts.js';
import type { Listed, ListedServices } from '../types.js';

/** What the engine was last read to hold, as single readings change it. */
export class Held {
  readonly images = new Map<string, ListedImage>();
  readonly containers = new Map<string, ContainerFacts>();
  /** By ID. */
  networks: ReadonlyMap<string, ListedNetwork> = new Map();
  /** By name. */
  volumes: ReadonlyMap<string, ListedVolume> = new Map();
  #swarm: ListedServices | null = null;
  /** Moment at which all of it was true. */
  takenAt: Millis = 0;
  #hidden = 0;
  #cache: CacheRecord[] | null = null;
  #buildCache: Inventory['buildCache'] = 'unknown';
  #sizes: Listed['sizes'] = { containers: new Map(), volumes: new Map() };

  /** Takes what was remembered in the place of all else; null is nothing. */
  remember(listed: Listed | null): void {
    refill(this.images, listed?.images ?? []);
    refill(this.containers, listed?.containers ?? []);
    this.networks = listed?.networks ?? new Map();
    this.volumes = listed?.volumes ?? new Map();
    this.#swarm = listed?.swarm ?? null;
    this.takenAt = listed?.takenAt ?? 0;
    this.#hidden = listed?.hiddenContainers ?? 0;
    this.#cache = null;
    this.#buildCache = listed?.buildCache ?? 'unknown';
    this.#sizes = { containers: new Map(), volumes: new Map() };
  }

  /** Takes a whole list; of what the engine did not tell the last answer holds. */
  take(listing: Listing): void {
    const { images, containers, networks, volumes, containersCounted } = listing;
    refill(
      this.images,
      images.map((image) => [image.id, image]),
    );
    refill(
      this.containers,
      containers.map((c) => [c.id, factsOf(c)]),
    );
    if (networks) this.takeNetworks(networks);
    if (volumes) this.takeVolumes(volumes);
    this.takeSwarm(listing.swarm);
    this.#hidden = Math.max(0, containersCounted - containers.length);
  }

  takeContainer(container: ListedContainer): void {
    this.containers.set(container.id, factsOf(container));
  }

  takeNetworks(networks: readonly ListedNetwork[]): void {
    this.networks = new Map(networks.map((network) => [network.id, network]));
  }

  takeVolumes(volumes: readonly ListedVolume[]): void {
    this.volumes = new Map(volumes.map((volume) => [volume.name, volume]));
  }

  /** With no manager that answers, services that one told of before are needed still. */
  takeSwarm(swarm: ListedSwarm | null): void {
    const before = this.#swarm?.services ?? [];
    this.#swarm = swarm && {
      answered: swarm.services !== null,
      services: swarm.services ?? before,
      nodeId: swarm.nodeId,
      managers: swarm.managers,
      nodes: swarm.nodes,
      tasks: swarm.tasks,
    };
  }

  get inSwarm(): boolean {
    return this.#swarm !== null;
  }

  /** Whether the services of its swarm may have changed without an event that would tell. */
  get servicesInDoubt(): boolean {
    return this.#swarm?.answered === false;
  }

  /** What the engine told of its build cache; null: it did not tell, and what it told before is old. */
  takeCache(records: CacheRecord[] | null): void {
    this.#cache = records ?? this.#cache;
    this.#buildCache = cacheState(records);
  }

  /** Gives whether any of it is other than what was told before. */
  takeDiskUse({ containers, volumes, cache }: EngineDiskUse): boolean {
    const told = () => [this.#sizes, this.#cache, this.#buildCache];
    const before = told();
    this.#sizes = { containers, volumes };
    this.takeCache(cache);
    return !isDeepStrictEqual(before, told());
  }

  /** All of it, as true at this moment. */
  listed(now: Millis): Listed {
    this.takenAt = now;
    return {
      images: this.images,
      containers: this.containers,
      hiddenContainers: this.#hidden,
      networks: this.networks,
      volumes: this.volumes,
      swarm: this.#swarm,
      buildCache: this.#buildCache,
      cacheRecords: this.#cache,
      sizes: this.#sizes,
      takenAt: now,
    };
  }
}

function refill<V>(map: Map<string, V>, entries: Iterable<readonly [string, V]>): void {
  const next = [...entries];
  map.clear();
  for (const [key, value] of next) map.set(key, value);
}

/** Where volumes are mounted is the volumes' own fact, told as a sighting. */
function factsOf({ mountPoints: _, ...facts }: ListedContainer): ContainerFacts {
  return facts;
}

/** Whether build cache pins layers (ACCOUNTING); null is an engine that did not tell. */
function cacheState(records: readonly CacheRecord[] | null): Inventory['buildCache'] {
  if (!records) return 'unknown';
  if (records.length === 0) return 'none';
  return records.some(({ shared }) => shared) ? 'shared' : 'unshared';
}
