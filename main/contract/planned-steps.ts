import type { StepKind, UpdatePreview, UpdateRow } from './updates.js';

/** What an update would do, in the order of doing, as far as its preview tells (UPDATING §5). */
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
