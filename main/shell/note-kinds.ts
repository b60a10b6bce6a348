import type { Notify } from '../contract/notify.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import type { Question } from '../contract/slices.js';
import type { UpdateResult } from '../contract/update-steps.js';
import { wasCancelled } from '../contract/update-outcome.js';

/** A switch that silences notifications; new versions have a choice of three instead. */
export type NoteKind = keyof Omit<Notify, 'updates'>;

const badEnds: ReadonlySet<CleanRun['outcome']> = new Set([
  'failed',
  'engine-lost',
  'interrupted',
  'unhealthy',
]);
const badResults: ReadonlySet<UpdateResult['state']> = new Set([
  'failed',
  'rolled-back',
  'taken-over',
]);

/** Whose a question is: a full disk's, also where images pass their budget, or one of what runs by itself. */
export function kindOfQuestion({ planId, by }: Question): NoteKind {
  return planId === null || by === 'pressure' || by === 'image-budget' ? 'disk' : 'runs';
}

/** Whose the end of a clean-up is. */
export function kindOfCleaned({ outcome }: CleanRun): NoteKind {
  return badEnds.has(outcome) ? 'failed' : 'runs';
}

/** Whose the end of a run of updates is: one container that went astray decides, and none that was cancelled. */
export function kindOfUpdated({ containers }: UpdateRun): NoteKind {
  return containers.some(
    ({ result }) => result !== null && badResults.has(result.state) && !wasCancelled(result),
  )
    ? 'failed'
    : 'runs';
}
