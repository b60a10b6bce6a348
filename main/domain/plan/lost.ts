import type { PlanItem } from './types.js';

/** Whether an image that went can be had again, as far as is known. */
export const comesBack = (state: PlanItem['recoverable']['state']) =>
  state === 'verified' || state === 'likely';

/**
 * Whether nothing of it is lost to a person: it can be had again, or is made again by whatever needs
 * it. A container's own files are lost, as a volume's data is.
 */
export function isHarmless({ kind, recoverable }: Pick<PlanItem, 'kind' | 'recoverable'>): boolean {
  return kind === 'network' || kind === 'buildCache' || comesBack(recoverable.state);
}
