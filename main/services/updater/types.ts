import type { DockerEngine } from '../../adapters/docker/types.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import type { Policy, UpdateRules } from '../../domain/policy/types.js';
import type { Released } from '../../domain/update/released.js';
import type { VolumeCopy } from '../versions/stored.js';
import type { Target } from '../types.js';

/** What an update needs to know of the engine, the policy and the registries. */
export interface UpdateGround {
  engine(): DockerEngine;
  /** Read afresh from the engine. */
  inventory(): Promise<Inventory>;
  /**
   * To be told when the engine went away; resolves with it once it is back, with null past the
   * deadline (ms) or when the signal is aborted. The run keeps its turn meanwhile: what it stopped
   * would else stay down for as long as another engine's run takes.
   */
  back(
    engine: DockerEngine,
    why: unknown,
    deadline: number,
    signal: AbortSignal,
  ): Promise<DockerEngine | null>;
  /**
   * Asks the registry again. `by`: what holds back what is so taken; null: what the mode lets take
   * it. Throws `container-unknown`, `version-unknown`.
   */
  target(container: string, to: string | null, by: 'auto' | 'all' | null): Promise<Target>;
  /** Names of all that `--all` takes. */
  all(): Promise<string[]>;
  /** The rules in force for a container; throws `container-unknown`. */
  rules(container: string): Promise<Omit<UpdateRules, 'mode'>>;
  rollback(): Promise<Policy['rollback']>;
  /** The value of `X-Registry-Auth` for a reference; null where no credentials are known. */
  auth(reference: string): Promise<string | null>;
  /** To be told of the digest that was gone back from: neither `auto` nor `--all` takes it again. */
  rolledBack(container: string, digest: string, at: Millis): Promise<void>;
  /** Bytes that can still be written where the engine keeps images; null where that is not known. */
  available(): Promise<number | null>;
  /**
   * Whether anything keeps an image beside these versions that are given up; while the policy cannot
   * be read everything does.
   */
  isHeldBeside(imageId: string, released: readonly Released[]): Promise<boolean>;
}

/** Whose turn volumes are copied for, and with what. */
export interface CopiedFor {
  runId: string;
  container: string;
  /** An image that is on the engine: containers of it are made, and never started. */
  imageId: string;
  /** Ends it with `run-cancelled`. */
  signal: AbortSignal;
}

/** Copies of volumes, made before a risky step (UPDATING §3). Whatever mounts them must be stopped. */
export interface VolumeCopies {
  /**
   * To be asked while the container, by its name, still runs. Throws `no-room` where copies would not
   * fit, `copy-failed` where others write to the volumes.
   */
  assertReady(engine: DockerEngine, volumes: readonly string[], container: string): Promise<void>;
  /**
   * Copies each volume, after whatever an earlier try of the same turn left was removed. Where it
   * fails, all that it began is removed and the volumes are as they were. Throws `copy-failed`,
   * `engine-error`, `run-cancelled`.
   */
  copy(engine: DockerEngine, volumes: readonly string[], by: CopiedFor): Promise<VolumeCopy[]>;
  /**
   * Gives the volumes the content of their copies. What they held is gone: it must have been copied
   * before, and that must be on record. Cut off at any point it can be done again, or with the copies
   * of what they held, which undoes it. Throws as of `copy`.
   */
  giveBack(engine: DockerEngine, copies: readonly VolumeCopy[], by: CopiedFor): Promise<void>;
  /** Removes what `copy` began or made in this turn, where that was cut off before it was on record. */
  clear(engine: DockerEngine, by: Pick<CopiedFor, 'runId' | 'container'>): Promise<void>;
  /** Removes copies; one that is gone, or that a container mounts, is left at that. */
  remove(engine: DockerEngine, copies: readonly VolumeCopy[]): Promise<void>;
}

/** Milliseconds and counts; a test hands in shorter ones. */
export interface UpdatePatience {
  /** Within which an engine that went away may come back, so that the update goes on. */
  back: number;
  /** Between two looks at a container that is to prove itself, where no event tells. */
  look: number;
  /** Restarts at which a container counts as one that restarts for ever. */
  restarts: number;
  /** For the engine's own sum of layers, before and after a release. */
  measure: number;
}

export const standardUpdatePatience: UpdatePatience = {
  back: 120_000,
  look: 1_000,
  restarts: 3,
  measure: 30_000,
};
