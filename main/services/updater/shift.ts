import type { DockerEngine } from '../../adapters/docker/types.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { UpdateProgress } from './progress.js';

/** What everyone who works on containers in one run shares. */
export interface Shift {
  runId: string;
  engine: DockerEngine;
  versions: EngineVersions;
  progress: UpdateProgress | null;
  cancel: AbortSignal;
  leave: AbortSignal;
  /** Names of containers by the IDs that they had before this run. */
  names: Map<string, string>;
}

/** Who wants a run ended; null: nobody. An end of Careen's cancels, too, and nobody asked for it. */
export function endedBy({
  cancel,
  leave,
}: Pick<Shift, 'cancel' | 'leave'>): 'interrupted' | 'cancelled' | null {
  if (leave.aborted) return 'interrupted';
  return cancel.aborted ? 'cancelled' : null;
}
