import type { StepTold, UpdateProgress, UpdateResult } from './update-steps.js';

/** Whether a person's cancel is what became of it: it had no turn, or was taken back. */
export function wasCancelled(result: UpdateResult | null): boolean {
  const isOff = result?.state === 'skipped' || result?.state === 'rolled-back';
  return isOff && result.why.code === 'cancelled';
}

/** Of a service that is not known to be on what it ran before: it is down, half so, or out of sight. */
const notBack: ReadonlySet<string> = new Set(['service-not-back', 'swarm-left']);

/** Whether a service did not get back to what it ran before, as far as is known. */
export function isNotBack(result: UpdateResult | null): boolean {
  return result?.state === 'failed' && notBack.has(result.error.code);
}

/** How many containers of a run there are, and of how many nothing is left to do. */
export function containersDone({ steps }: Pick<UpdateProgress, 'steps'>): {
  done: number;
  total: number;
} {
  const isOpen = ({ state }: StepTold) => state === 'waiting' || state === 'working';
  const all = new Set(steps.map(({ container }) => container));
  const open = new Set(steps.filter(isOpen).map(({ container }) => container));
  return { done: all.size - open.size, total: all.size };
}
