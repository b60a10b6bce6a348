/** Milliseconds since the epoch, UTC. ISO 8601 in JSON (contract). */
export type Millis = number;

/** Which kind of image store an engine has; each counts and deletes in its own way (ACCOUNTING). */
export const allStores = ['classic', 'containerd'] as const;
export type Store = (typeof allStores)[number];

/**
 * One engine is endpoint, `/info` ID and store together: none of them alone is an identity
 * (DESIGN §3, FLEET).
 */
export interface EngineIdentity {
  endpoint: string;
  id: string;
  store: Store;
}

export interface EngineFacts extends EngineIdentity {
  /** The product's name as a person knows it, e.g. `Docker Desktop`. */
  name: string;
  product:
    | 'docker-engine'
    | 'docker-desktop'
    | 'orbstack'
    | 'rancher-desktop'
    | 'colima'
    | 'lima'
    | 'podman'
    | 'snap'
    | 'wsl'
    | 'practice'
    | 'unknown';
  version: string;
  apiVersion: string;
  /** `os/arch` of the machine that its containers run on; null where it does not tell. */
  platform: string | null;
}

/** A layer under its chain ID; `size` in bytes as the engine's history tells it. */
export interface Layer {
  chainId: string;
  size: number;
}

export type ContainerState =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown';

/** A container that uses an image. */
export interface Use {
  id: string;
  name: string;
  state: ContainerState;
}

export type Origin = 'pulled' | 'built' | 'loaded' | 'unknown';

/** Whether an image can be had again, and how that is known (JUDGING §2). */
export type Recoverable =
  { state: 'verified'; at: Millis } | { state: 'likely' } | { state: 'no' } | { state: 'unknown' };

/** When something was last seen to happen, and by which sign. */
export interface Arrived {
  at: Millis;
  source: 'event' | 'seen' | 'created';
}

export interface Used {
  at: Millis;
  source: 'container-created' | 'container-started' | 'container-finished' | 'base';
  /** The container's name, or for a base the image built on it. */
  by: string;
}

/** A Compose project or dev container folder that used an image, now or ever. */
export interface Project {
  kind: 'compose' | 'dev-container';
  name: string;
  folder: string | null;
  files: string[];
  lastUsed: Millis;
  /** Whether its files still stand on this host; null where that cannot be looked up. */
  present: boolean | null;
  /** Services of the project that used this image last (OWNERS §5, compose). */
  latestOf: string[];
}

/** What is known of one image. `null` is unknown, never "none". */
export interface ImageFacts {
  id: string;
  /** Tags in the familiar form, without Careen's own; sorted. */
  refs: string[];
  /** `repository@digest` in the familiar form, without Careen's own; sorted. */
  digests: string[];
  /**
   * Of an image that has neither now: every name it was ever seen under, sorted. A containerd store
   * takes both from an image that a pull superseded (ACCOUNTING, "After a pull moves the tag").
   */
  formerRefs: string[];
  created: Millis | null;
  arrived: Arrived | null;
  used: Used | null;
  lastTagged: Millis | null;
  size: number;
  /** In order from the base up. */
  layers: Layer[] | null;
  /** True where the sizes of some layers could not be told: those count nothing. */
  layersInDoubt: boolean;
  /** One fingerprint a history step, oldest first: tells metadata-only builds apart. */
  history: string[] | null;
  /** Bytes of compressed blobs, config and manifest; containerd stores only. */
  content: number | null;
  /** Containers in any state; unknown is a hold in every mode. */
  usedBy: Use[] | null;
  labels: Record<string, string>;
  /** `os/arch[/variant]`. */
  platform: string;
  origin: Origin;
  recoverable: Recoverable;
  projects: Project[];
  /** The classic builder's parent, else null. */
  parent: string | null;
}

/** Where a container's output goes, and how much of it is kept, as it was created. */
export interface ContainerLog {
  driver: string;
  /** Options as docker writes them, e.g. `10m` and `3`; null where they are not given. */
  maxSize: string | null;
  maxFile: string | null;
}

export interface ContainerFacts {
  id: string;
  name: string;
  imageId: string;
  /** As the container was created, e.g. `postgres:16`. */
  reference: string;
  state: ContainerState;
  health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  created: Millis | null;
  started: Millis | null;
  finished: Millis | null;
  labels: Record<string, string>;
  /** Bytes of the writable layer, where known. */
  sizeRw: number | null;
  /** Names of the networks that it is or was attached to. */
  networks: string[];
  /** Names of the volumes that it mounts, anonymous ones too. */
  volumes: string[];
  /** Whether it mounts the engine's own socket (OWNERS §3). */
  mountsSocket: boolean;
  /** Null where only the list told of it, which does not say. */
  log: ContainerLog | null;
}

/** When something was last used, and by which container. */
export interface LastUse {
  at: Millis;
  by: string;
}

export interface NetworkFacts {
  id: string;
  name: string;
  driver: string;
  created: Millis | null;
  labels: Record<string, string>;
  /** One of the engine's own (`bridge`, `host`, `none`, `ingress`, …), which never go. */
  builtIn: boolean;
  /** Names of containers in any state that are attached to it; unknown is a hold. */
  usedBy: string[] | null;
  lastUsed: LastUse | null;
  /** The project that its labels name, else whose container used it last. */
  project: string | null;
}

export interface VolumeFacts {
  name: string;
  driver: string;
  created: Millis | null;
  labels: Record<string, string>;
  /** Made without a name of its own: that says nothing of its worth (OWNERS §1.5). */
  anonymous: boolean;
  /** Bytes; null until the engine was asked (it takes long). */
  size: number | null;
  /** Names of containers in any state that mount it; unknown is a hold. */
  usedBy: string[] | null;
  lastUsed: LastUse | null;
  /** Where in its container it was mounted last. */
  mountedAt: string | null;
  /** The project that its labels name, else whose container used it last. */
  project: string | null;
}

/** One record of the builder's cache. */
export interface CacheRecord {
  id: string;
  size: number;
  /** Shares its bytes with an image's layers. */
  shared: boolean;
  inUse: boolean;
  created: Millis | null;
  lastUsed: Millis | null;
}

/** Versions of a container's image that a rollback needs, newest first. */
interface Retained {
  container: string;
  imageId: string;
  replacedAt: Millis;
  proven: boolean;
}

/** One service of a swarm, with what it needs on every node. */
export interface ServiceImages {
  id: string;
  name: string;
  /** The service's own, not those of its containers. */
  labels: Record<string, string>;
  /** False where it is scaled to no task. */
  runs: boolean;
  /** Of its Spec and its PreviousSpec, as they have them. */
  image: string;
  previousImage: string | null;
  /** Of Careen's kept versions, `repo:tag@digest`. */
  kept: string[];
  /** Volumes that its tasks mount; names may hold Swarm's templates. */
  volumes: string[];
  /** Whether its tasks can write to a volume or a folder, which outlives them. */
  hasData: boolean;
  /** Whether it runs to its end: an update would run it once more. */
  isJob: boolean;
  /** Whether an update would wait for ever for a node with room beside its own tasks (`neverStarts`). */
  neverStarts: boolean;
  /** What its Spec lets its tasks run on, `os/arch`, the first; null: on anything. */
  platform: string | null;
}

/** What a node knows of the swarm's services. */
export interface ServicesKnown {
  /** Whether this engine, as a manager, answered just now. */
  answered: boolean;
  /** Whether another engine did that is a manager; if neither, `services` are remembered, if there are any. */
  elsewhere: boolean;
  services: ServiceImages[];
}

/** Everything that is judged: what `careen inventory --json` prints and `careen judge` reads. */
export interface Inventory {
  takenAt: Millis;
  engine: EngineFacts;
  images: ImageFacts[];
  containers: ContainerFacts[];
  /** Build cache can pin layers: with shared records every figure is an upper bound. */
  buildCache: 'none' | 'unshared' | 'shared' | 'unknown';
  /** Set when containers may be hidden from the API (JUDGING §2). */
  useIncomplete: 'kubernetes' | 'hidden-containers' | null;
  /** When Careen first met this engine, and the days it has observed it since. */
  firstMet: Millis | null;
  observedDays: number;
  /** The latest of those days, oldest first, as `2026-11-24` in local time; no more than 400. */
  observedOn: string[];
  /** Hours observed since the last gap of more than three days; null when there was none. */
  hoursSinceGap: number | null;
  retained: Retained[];
  networks: NetworkFacts[];
  volumes: VolumeFacts[];
  /** Null until the engine was asked. */
  cacheRecords: CacheRecord[] | null;
  /** Null where the engine is no node of a swarm. */
  swarm: ServicesKnown | null;
}
