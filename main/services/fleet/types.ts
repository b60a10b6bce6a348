import type { DockerEngine } from '../../adapters/docker/types.js';
import type { EngineIdentity, Inventory } from '../../domain/facts.js';
import type { Commands } from '../commands/index.js';
import type { Connection } from '../connection.js';
import type { Checker } from '../checker/index.js';
import type { Execution } from '../cleaner/execution.js';
import type { HostNotice } from '../host-notice.js';
import type { Judging } from '../judging.js';
import type { Runs } from '../runs.js';
import type { State } from '../state/index.js';
import type { Triggers } from '../triggers/index.js';
import type { ListedServices } from '../types.js';
import type { Updater } from '../updater/index.js';

/** All that belongs to one engine, put together. */
export interface Room {
  readonly key: string;
  readonly commands: Commands;
  readonly connection: Connection;
  readonly judging: Judging;
  readonly state: State;
  readonly runs: Runs;
  readonly execution: Execution;
  readonly triggers: Triggers;
  /** Who watches this machine's own disk: one room does for all. */
  readonly hostNotice: HostNotice | null;
  readonly checker: Checker;
  readonly updater: Updater;
  /** What rollbacks need of its engine. */
  retained(): Inventory['retained'];
  /** Images of the versions of a service, by its ID, that were kept by way of this engine, met or not. */
  imagesOfService(id: string): string[];
  /** What its engine tells of the swarm that it is a node of; null: it is of none, or not connected. */
  swarm(): ListedServices | null;
  /** On which engines runs were cut off by way of this one, each as it was reached then. */
  unfinished(): Record<keyof EngineIdentity, string>[];
  /** Looks for its engine, and resolves once what is kept of that is at hand; throws why it is not to be had. */
  reached(): Promise<DockerEngine>;
  /** Finishes them; throws why its engine is not to be had. */
  finish(): Promise<void>;
  /** Whether it holds a policy or a history: it was at work before. */
  isKnown(): Promise<boolean>;
  /** Looks for its engine; what happens by itself begins, in a process that stays. */
  begin(): void;
  suspending(): void;
  woke(): Promise<void>;
  /** Begins no run any more, and has the one under way end at its next step; to be closed then. */
  stop(): void;
  /** Stops, ends all else once no run is under way, and closes the engine's streams. */
  close(): Promise<void>;
}
