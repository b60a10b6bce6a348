import { isDown } from '../../../main/domain/update/steps.js';
import type { StepKind, StepTold } from '../../../main/contract/update-steps.js';

/** Steps that take no time and tell nothing: shown only where they went wrong. */
const quiet: ReadonlySet<StepKind> = new Set(['restart-policy-off', 'rename', 'tag']);

/** The steps that a person is shown, in the order of doing. */
export function shownSteps(steps: readonly StepTold[]): StepTold[] {
  return steps.filter(({ step, state }) => !quiet.has(step) || state === 'failed');
}

/** Those that were begun, of a run that has ended. */
export const begun = (steps: readonly StepTold[]) =>
  steps.filter(({ state }) => state !== 'waiting' && state !== 'skipped');

/**
 * How long (ms) a container was down in a run under way: from its stop to its start; null while it
 * is not up again.
 */
export function downFor(steps: readonly StepTold[]): number | null {
  const down = steps.filter(({ step, state }) => isDown(step) && state !== 'skipped');
  if (!down.some(({ step }) => step === 'start')) return null;
  if (down.some(({ state, took }) => state !== 'done' || took === null)) return null;
  return down.reduce((sum, { took }) => sum + (took ?? 0), 0);
}

/** The step that a container is at: the one under way, else the next. */
export function currentStep(steps: readonly StepTold[]): StepTold | null {
  return (
    steps.find(({ state }) => state === 'working') ??
    steps.find(({ state }) => state === 'waiting') ??
    null
  );
}
