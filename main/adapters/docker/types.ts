import type {
  CacheRecord,
  ContainerFacts,
  EngineFacts,
  Layer,
  Millis,
  NetworkFacts,
  VolumeFacts,
} from '../../domain/facts.js';
import type { LookedAt } from '../../domain/errors.js';
import type { HistoryStep } from '../../domain/image-history.js';
import type { NodeFacts, PlacedTask, ServiceFacts } from '../../domain/swarm/types.js';
import type { Archives } from './archive.js';
import type { ContainerActs, Removal } from './container-acts.js';
import type { PullOptions } from './pull.js';
import type { ServiceNow } from './swarm/tasks.js';
import type { ServiceWhole, ServiceWrite } from './swarm/write.js';

export type { Removal };

/** A row of `/images/json`: cheap, and all of it can change. Names are in the familiar form. */
export interface ListedImage {
  id: string;
  refs: string[];
  digests: string[];
  size: number;
  parent: string | null;
  /** Names that Careen gave (`careen.invalid/keep/…`), apart from `refs`. */
  ownRefs: string[];
}

/** What never changes about an image: read once in its life (one inspect, one history). */
export interface ImageNature {
  id: string;
  created: Millis | null;
  layers: Layer[];
  /** True where sizes of layers could not be told: those count nothing. */
  layersInDoubt: boolean;
  history: string[];
  labels: Record<string, string>;
  platform: string;
  content: number | null;
}

/** What inspect alone tells and what can change. */
export interface ImageState {
  lastTagged: Millis | null;
}

/** A container with what its volumes' own facts need. */
export interface ListedContainer extends ContainerFacts {
  /** Where each volume is mounted in it, by the volume's name. */
  mountPoints: Record<string, string>;
}

/** A network as the engine lists it: who uses it, containers tell. */
export interface ListedNetwork extends Omit<NetworkFacts, 'usedBy' | 'lastUsed' | 'project'> {
  /** False where others than this engine's own containers can use it: a swarm, other networks. */
  usersListed: boolean;
}

/** A volume as the engine lists it: who uses it, containers tell; its size is asked for apart. */
export type ListedVolume = Omit<
  VolumeFacts,
  'size' | 'usedBy' | 'lastUsed' | 'mountedAt' | 'project'
>;

/** Bytes on the engine's disk, as it counts them itself. */
export interface EngineDiskUse {
  /** Of all layers; null where the engine does not count all that images take. */
  layers: number | null;
  /** Of writable layers, by container ID. */
  containers: ReadonlyMap<string, number>;
  /** By volume name; those of drivers that tell no size are not there. */
  volumes: ReadonlyMap<string, number>;
  cache: CacheRecord[];
}

/** The swarm that an engine is a node of. */
export interface ListedSwarm {
  /** Null where no manager answered: a worker cannot know (FLEET, Task containers). */
  services: ServiceFacts[] | null;
  /** This engine's own among the swarm's nodes; null where it does not say. */
  nodeId: string | null;
  /** Node IDs of its managers, as far as this engine knows them. */
  managers: string[];
  /** All of its nodes; null where no manager answered, or no service makes it matter (`needsRoom`). */
  nodes: NodeFacts[] | null;
  /** Those of all its services that are to run; null likewise (`needsRoomOfOthers`). */
  tasks: PlacedTask[] | null;
}

export interface Listing {
  images: ListedImage[];
  containers: ListedContainer[];
  /** Null where the engine, or a driver that it asked, did not answer: that holds up nothing else. */
  networks: ListedNetwork[] | null;
  volumes: ListedVolume[] | null;
  /** Null where the engine is no node of a swarm. */
  swarm: ListedSwarm | null;
  /** How many containers `/info` counts: more than listed means that some are hidden. */
  containersCounted: number;
}

/** An event that changes what is known, in Careen's words. */
export type EngineEvent =
  | {
      kind: 'image';
      action:
        'pull' | 'load' | 'import' | 'tag' | 'untag' | 'delete' | 'create' | 'prune' | 'other';
      id: string | null;
      ref: string | null;
      at: Millis;
    }
  | {
      kind: 'container';
      action: 'create' | 'start' | 'die' | 'destroy' | 'rename' | 'health' | 'other';
      id: string;
      name: string;
      /** The reference that the container was made from; not the image ID. */
      reference: string;
      at: Millis;
    }
  | {
      kind: 'network';
      action: 'create' | 'connect' | 'disconnect' | 'remove' | 'prune';
      /** Empty where all may have changed. */
      id: string;
      name: string;
      /** The ID of the container that it was connected to. */
      container: string | null;
      at: Millis;
    }
  | {
      kind: 'volume';
      action: 'create' | 'mount' | 'unmount' | 'remove' | 'prune';
      /** Empty where all may have changed. */
      name: string;
      /** The ID of the container that it was mounted in, and where. */
      container: string | null;
      destination: string | null;
      at: Millis;
    }
  | { kind: 'builder'; action: 'prune'; at: Millis }
  /** A service or a node of the swarm changed; only managers tell of it (FLEET, Swarm). */
  | { kind: 'swarm'; action: 'create' | 'update' | 'remove'; at: Millis };

export interface EventSink {
  event(event: EngineEvent): void;
  /** The stream ended or broke; the caller decides when to open it again. */
  closed(error: unknown): void;
}

/** One engine, connected: its API version is settled and nothing is left to the environment. */
export interface DockerEngine extends ContainerActs, Archives {
  readonly facts: EngineFacts;
  /** Folders on this host whose file system holds the images; empty behind a VM and elsewhere. */
  readonly diskRoots: string[];
  /** The system that it runs on, as `/info` tells of it: host name, kernel release, its own data root. */
  readonly system: { hostname: string; kernel: string; dataRoot: string };
  /**
   * Names of registries, and networks of theirs, that it takes without TLS or with any certificate, and
   * that this machine may take so too: none where the engine is elsewhere.
   */
  readonly insecureRegistries: string[];
  /** Whether it can fall silent without its event stream ending: see `Way`. */
  readonly mayFallSilent: boolean;
  /** @param apart over a connection of its own, whoever is at work on the shared ones */
  ping(apart?: boolean): Promise<void>;
  /** Throws `engine-lost` where another engine answers there by now. */
  confirm(): Promise<void>;
  list(): Promise<Listing>;
  /** Null when the image is gone. */
  listImage(id: string): Promise<ListedImage | null>;
  readImage(id: string): Promise<{ nature: ImageNature; state: ImageState } | null>;
  /** What made the image, oldest step first; null when it is gone. */
  imageSteps(id: string): Promise<HistoryStep[] | null>;
  container(id: string): Promise<ListedContainer | null>;
  networks(): Promise<ListedNetwork[]>;
  volumes(): Promise<ListedVolume[]>;
  /** Null where it is no node of a swarm. */
  swarm(): Promise<ListedSwarm | null>;
  /** A service by ID, read afresh from a manager; null where there is none. */
  serviceNow(id: string): Promise<ServiceNow | null>;
  /** The same with its whole Spec; null where there is none. */
  serviceWhole(id: string): Promise<ServiceWhole | null>;
  /** Throws `service-changed` where it was written since it was read, `service-inexact`. */
  writeService(write: ServiceWrite): Promise<void>;
  /** What a reference resolves to now, else null. */
  resolve(reference: string): Promise<string | null>;
  /** Containers in any state made from this image. */
  usersOf(imageId: string): Promise<ContainerFacts[]>;
  /** Opens the event stream; resolves once it is open. `since` in ms replays (at most 256). */
  events(sink: EventSink, since: Millis | null): Promise<{ close(): void }>;
  /** Takes one name off an image. */
  untag(reference: string): Promise<Removal>;
  /** Removes an image by ID, unforced, leaving untagged parents alone. */
  removeImage(id: string): Promise<Removal>;
  /** Puts a name back. */
  tag(id: string, reference: string): Promise<void>;
  /** Every container from the list alone: one request; `started` and `finished` are null. */
  containersNow(): Promise<ListedContainer[]>;
  hasNetwork(id: string): Promise<boolean>;
  hasVolume(name: string): Promise<boolean>;
  /** Removes a container that does not run, without its anonymous volumes. */
  removeContainer(id: string): Promise<Removal>;
  removeNetwork(id: string): Promise<Removal>;
  /** Unforced. */
  removeVolume(name: string): Promise<Removal>;
  /** Prunes the build cache by age (ms) down to `keep` bytes; gives the bytes that it freed. */
  pruneBuildCache(by: { unusedFor: number; keep: number }): Promise<number>;
  /** Pulls by `repository@digest` or `repository:tag`; throws `pull-failed`, and `run-cancelled` when aborted. */
  pull(reference: string, options: PullOptions): Promise<void>;
  /**
   * Bytes of all layers as `/system/df` counts them; null past the deadline (ms), and where it does
   * not count all that images take.
   */
  layersSize(deadline: number): Promise<number | null>;
  /** Every record of the builder's cache; null past the deadline (ms). */
  cacheRecords(deadline: number): Promise<CacheRecord[] | null>;
  /** Bytes of each volume whose driver tells them; null past the deadline (ms). */
  volumeSizes(deadline: number): Promise<ReadonlyMap<string, number> | null>;
  /** All that the engine counts, which takes it up to minutes; null past the deadline (ms). */
  diskUse(deadline: number): Promise<EngineDiskUse | null>;
  /** The file system under Podman's store in bytes, which costs it one `statfs`; null of other products. */
  storeUse(): Promise<{ used: number; total: number } | null>;
  /** The file that a container's output goes to, on the engine's own machine; null where none is. */
  logFile(id: string): Promise<string | null>;
  close(): void;
}

/** A place where an engine may be, before it was asked. */
export interface Candidate {
  name: string;
  kind: LookedAt['kind'];
  /** `unix:///…`, `npipe:////./pipe/…`; anything else is remote and never taken by itself. */
  endpoint: string;
}
