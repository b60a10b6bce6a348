import type { ContainerSpec, CreatePayload, ImageDefaults } from '../../domain/recreate/types.js';
import type { Millis } from '../../domain/facts.js';
import type { Distribution } from './distribution.js';

/** A removal that the engine refused: never forced, told as it is (JUDGING §6). */
export type Removal = { done: true } | { done: false; status: number; message: string };

/** What of an image tells what it gives a container that is made from it. */
export interface InspectedImage {
  id: string;
  /** `repository@digest` in full form, Careen's own included; empty where there is none. */
  digests: string[];
  /** In the form that docker prints, Careen's own included. */
  tags: string[];
  created: Millis | null;
  /** Its `Config`, whole. */
  defaults: ImageDefaults;
  labels: Record<string, string>;
  platform: string;
  size: number;
  /** The platform manifest's digest, where inspect tells it (API 1.48, containerd store). */
  manifestDigest: string | null;
}

/** How a container is at one moment. */
export interface ContainerNow {
  id: string;
  name: string;
  imageId: string;
  /** `Config.Image`. */
  reference: string;
  status:
    'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown';
  health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  startedAt: Millis | null;
  finishedAt: Millis | null;
  exitCode: number | null;
  restartCount: number;
  autoRemove: boolean;
  restartPolicy: string;
}

/** A word of a pull's progress: a layer's ID, what happens to it, and its bytes. */
export interface LayerProgress {
  layer: string;
  status: string;
  current: number | null;
  total: number | null;
}

/**
 * What an update does to containers. A 404 is null or false where that is said; every other refusal
 * throws `engine-error` with the engine's status and words; failures of the connection as of `Requests`.
 */
export interface ContainerActs {
  /** A container's inspect, whole, by ID or name. */
  inspectContainer(idOrName: string): Promise<ContainerSpec | null>;
  containerNow(idOrName: string): Promise<ContainerNow | null>;
  /** An image by ID or reference. */
  inspectImage(idOrReference: string): Promise<InspectedImage | null>;
  /** Creates under a name, joins the other networks; removes it again where a join fails. Gives its ID. */
  createContainer(name: string, payload: CreatePayload): Promise<string>;
  startContainer(id: string): Promise<void>;
  /** Stops it, with its own signal and timeout (seconds) unless one is given; true when it is stopped. */
  stopContainer(id: string, timeout?: number): Promise<boolean>;
  /** False where it is gone, as of the next. */
  restartContainer(id: string): Promise<boolean>;
  renameContainer(id: string, name: string): Promise<boolean>;
  /** `no`, `always`, … ; false where the engine does not take it (`--rm`) or it is gone. */
  setRestartPolicy(
    id: string,
    policy: { Name: string; MaximumRetryCount?: number },
  ): Promise<boolean>;
  /** Removes one that Careen made and that may still run; its anonymous volumes stay. */
  removeOwnContainer(id: string): Promise<Removal>;
  /** Resolves once the engine has removed a container that it removes by itself (`--rm`). */
  waitRemoved(id: string, signal: AbortSignal): Promise<void>;
  /** The last lines of both streams, oldest first, control characters out; empty where it has no log. */
  logTail(id: string, lines: number): Promise<string[]>;
  /**
   * Runs a command in a container as its own user, never privileged. `timeout`: milliseconds, after
   * which it runs on and `exitCode` is null. `output`: the end of it, made safe.
   */
  exec(
    id: string,
    command: readonly string[],
    options: { timeout: number; signal: AbortSignal },
  ): Promise<{ exitCode: number | null; output: string }>;
  /** Paths that its writable layer holds, mount points out; null where it never started. */
  changedPaths(id: string): Promise<string[] | null>;
  /** Bytes of its writable layer. */
  writableBytes(id: string): Promise<number | null>;
  createVolume(name: string, labels: Record<string, string>): Promise<void>;
  /** What the engine's registry client says that a reference leads to (`/distribution`). */
  distribution(reference: string, auth: string | null): Promise<Distribution | null>;
}
