import type {
  StepKind,
  StepTold,
  UpdatePreview,
  UpdateRow,
} from '../../../main/contract/updates.js';

/** Steps that take no time and tell nothing: shown only where they went wrong. */
const quiet: ReadonlySet<StepKind> = new Set(['restart-policy-off', 'rename', 'tag']);

/** The steps that a person is shown, in the order of doing. */
export function shownSteps(steps: readonly StepTold[]): StepTold[] {
  return steps.filter(
    ({ step, state }) => !quiet.has(step) || state === 'failed' || state === 'undone',
  );
}

/** What an update would do, as far as its preview tells. */
export function plannedSteps(
  preview: UpdatePreview,
  state: UpdateRow['state'],
  copies: boolean,
): StepKind[] {
  const runs = state === 'running' || state === 'restarting';
  const hook = (when: UpdatePreview['hooks'][number]['when']) =>
    runs && preview.hooks.some((one) => one.when === when);
  const steps: (StepKind | false)[] = [
    'retain',
    preview.pull !== 0 && 'pull',
    hook('pre-update') && 'hook-before',
    'create',
    runs && 'stop',
    copies && 'copy-volumes',
    runs && 'start',
    runs && 'prove',
    hook('post-update') && 'hook-after',
    preview.dependants.some(({ act }) => act !== 'none') && 'dependants',
    runs && 'retire',
    runs && 'clean-up',
  ];
  return steps.filter((step) => step !== false);
}

/**
 * How long (ms) a container was down in a run under way: from its stop to its start; null while it
 * is not up again.
 */
export function downFor(steps: readonly StepTold[]): number | null {
  const first = steps.findIndex(({ step }) => step === 'stop');
  const last = steps.findIndex(({ step }) => step === 'start');
  if (first < 0 || last < first) return null;
  const between = steps.slice(first, last + 1).filter(({ state }) => state !== 'skipped');
  if (between.some(({ state, took }) => state !== 'done' || took === null)) return null;
  return between.reduce((sum, { took }) => sum + (took ?? 0), 0);
}

/** The step that a container is at: the one under way, else the next. */
export function currentStep(steps: readonly StepTold[]): StepTold | null {
  return (
    steps.find(({ state }) => state === 'working') ??
    steps.find(({ state }) => state === 'waiting') ??
    null
  );
}
