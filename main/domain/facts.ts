/** Milliseconds since the epoch, UTC. ISO 8601 in JSON (contract). */
export type Millis = number;

/** Which kind of image store an engine has; each counts and deletes in its own way (ACCOUNTING). */
export type Store = 'classic' | 'containerd';

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
  name: string;
  folder: string | null;
  files: string[];
  lastUsed: Millis;
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
}

/** Versions of a container's image that a rollback needs, newest first. */
interface Retained {
  container: string;
  imageId: string;
  replacedAt: Millis;
  proven: boolean;
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
  retained: Retained[];
}
