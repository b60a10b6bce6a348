import { stepsOf } from '../domain/update/steps.js';
import type { StepKind, UpdatePreview, UpdateRow } from './updates.js';

/**
 * What an update would do, in the order of doing, as far as its preview tells (UPDATING §5).
 *
 * @param copies whether named volumes are copied first
 */
export function plannedSteps(
  { pull, hooks }: UpdatePreview,
  state: UpdateRow['state'],
  copies: boolean,
): StepKind[] {
  const hook = (when: UpdatePreview['hooks'][number]['when']) =>
    hooks.some((one) => one.when === when);
  return stepsOf({
    kind: 'update',
    running: state === 'running' || state === 'restarting',
    autoRemove: false,
    pull: pull !== 0,
    hooks: { before: hook('pre-update'), after: hook('post-update') },
    copies,
  });
}
