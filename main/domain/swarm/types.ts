import type { Millis } from '../facts.js';
import type { DataMount } from '../update/data.js';

/** A service of containers, as a manager tells it. Services of plugins are none of Careen's. */
export interface ServiceFacts {
  id: string;
  name: string;
  /**
   * What an update must name. Swarm's own notes of an update's state move it, too: that it is another
   * is no sign that a person acted.
   */
  version: number;
  /** As its Spec has it, `repo:tag@digest` where a CLI wrote it; see `image.ts`. */
  image: string;
  /** As its PreviousSpec has it; null where there is none. One deep, and any write replaces it. */
  previousImage: string | null;
  /** The service's own, not those of its containers. */
  labels: Record<string, string>;
  mode: ServiceMode;
  /** Null where the Spec has none: then Swarm's defaults hold (`inForce`). */
  update: UpdateConfig | null;
  /** Null after create, scale, a change of labels and `stack deploy` (FLEET, Swarm). */
  status: UpdateStatus | null;
  ports: PublishedPort[];
  /** What its tasks may be placed on; empty: anywhere. */
  platforms: Platform[];
  /** Which nodes they may be placed on, as its Spec has it: all must hold; see `placement.ts`. */
  constraints: string[];
  /** How many of them a node may have; null: any number. */
  maxPerNode: number | null;
  /** What each of them keeps of its node for itself; 0: nothing. */
  reserves: Resources;
  /** What the engines of their nodes must have. */
  plugins: Plugin[];
  /** Where its tasks can write what outlives them; see `data.ts`. */
  data: DataMount[];
  /** Names of the volumes that its tasks mount, also read-only; see `serviceVolumes`. */
  volumes: string[];
}

export type ServiceMode =
  | { kind: 'replicated'; replicas: number }
  /** One task on every node that suits. */
  | { kind: 'global' }
  /** Runs to its end, and an update runs it once more. */
  | { kind: 'job' };

export type FailureAction = 'pause' | 'continue' | 'rollback';

export type UpdateOrder = 'stop-first' | 'start-first';

/** How a service wants to be updated; durations in ms. */
export interface UpdateConfig {
  /** Tasks at a time; 0: all at once. */
  parallelism: number;
  delay: number;
  /** Null where it is not given: that is `pause`. */
  failureAction: FailureAction | null;
  /** Null where it is not given, or 0. */
  monitor: number | null;
  order: UpdateOrder | null;
}

export type UpdateState =
  | 'updating'
  | 'paused'
  | 'completed'
  | 'rollback_started'
  | 'rollback_paused'
  | 'rollback_completed';

export interface UpdateStatus {
  state: UpdateState;
  /** In Swarm's words. */
  message: string;
}

export interface PublishedPort {
  /** Null where Swarm chooses it. */
  published: number | null;
  target: number;
  protocol: string;
  /** `host`: on the node of the task itself, so that a node can hold one task only. */
  mode: 'ingress' | 'host';
}

/** As Swarm has it; an empty text suits any. */
export interface Platform {
  os: string;
  architecture: string;
}

/** Of a node. */
export interface Resources {
  nanoCpus: number;
  /** Bytes. */
  memory: number;
}

/** A driver of an engine, built in or installed, by what it is for, such as `Volume` or `Log`. */
export interface Plugin {
  type: string;
  name: string;
}

/** Of a task, in the order in which it passes through them. */
export type TaskState =
  | 'new'
  | 'allocated'
  | 'pending'
  | 'assigned'
  | 'accepted'
  | 'preparing'
  | 'ready'
  /** Its container runs and is not healthy yet. */
  | 'starting'
  /** With a health check: only once it is healthy. */
  | 'running'
  | 'complete'
  | 'shutdown'
  | 'failed'
  | 'rejected'
  | 'remove'
  | 'orphaned';

export interface TaskFacts {
  id: string;
  serviceId: string;
  /** Null for a task of a global service: its node is its slot. */
  slot: number | null;
  /** Null until it is placed. */
  nodeId: string | null;
  /** What Swarm wants of it. */
  desired: TaskState;
  state: TaskState;
  message: string;
  error: string | null;
  exitCode: number | null;
  /** As its own Spec has it, as the next. */
  image: string;
  reserves: Resources;
  /** Both by the manager's clock. */
  createdAt: Millis | null;
  updatedAt: Millis | null;
}

/** What a task has of its node. */
export type PlacedTask = Pick<TaskFacts, 'serviceId' | 'nodeId' | 'reserves'>;

/** What there is beside a service in its swarm. */
export interface Surroundings {
  /** All of the swarm; null: not known. */
  nodes: readonly NodeFacts[] | null;
  /** All of the swarm that are known. */
  services: readonly Pick<ServiceFacts, 'id' | 'ports'>[];
  /** Those that are to run, of all services; null: not known. */
  tasks: readonly PlacedTask[] | null;
}

export interface NodeFacts {
  id: string;
  name: string;
  role: 'manager' | 'worker';
  availability: 'active' | 'pause' | 'drain';
  /** All but `ready`: nobody knows what runs on it. */
  state: 'ready' | 'down' | 'disconnected' | 'unknown';
  /** The IP by which its manager knows it; null where it does not say. */
  address: string | null;
  /** Null where it has never told, as the next five. */
  hostname: string | null;
  platform: Platform | null;
  /** Of its engine, as `dockerd --label` sets them. */
  engineLabels: Record<string, string> | null;
  /** All that it has, whatever is taken of it. */
  resources: Resources | null;
  plugins: Plugin[] | null;
  /** Of the node in the swarm, as `docker node update --label-add` sets them. */
  labels: Record<string, string>;
}
