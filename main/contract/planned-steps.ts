import { serviceSteps, stepsOf } from '../domain/update/steps.js';
import type { UpdateRow } from './updates.js';
import type { UpdatePreview } from './update-preview.js';
import type { StepKind } from './update-steps.js';

/**
 * What an update would do, in the order of doing, as far as its preview tells (UPDATING §5).
 *
 * @param copies whether named volumes are copied first
 */
export function plannedSteps(
  { to, hooks, service }: UpdatePreview,
  state: UpdateRow['state'],
  copies: boolean,
): StepKind[] {
  if (service !== null) return [...serviceSteps];
  const hook = (when: UpdatePreview['hooks'][number]['when']) =>
    hooks.some((one) => one.when === when);
  return stepsOf({
    kind: 'update',
    running: state === 'running' || state === 'restarting',
    autoRemove: false,
    pull: to.imageId === null,
    hooks: { before: hook('pre-update'), after: hook('post-update') },
    copies,
  });
}
