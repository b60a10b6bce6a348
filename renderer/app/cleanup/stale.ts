import type { ContainerRow, ImageRow } from '../../../main/contract/slices.js';
import type { Plan } from '../../../main/domain/plan/types.js';

export type Rows<R> = ReadonlyMap<string, R>;

interface Moment {
  /** The images that the plan was made of. */
  before: Rows<ImageRow>;
  images: Rows<ImageRow>;
  containers: Rows<ContainerRow>;
  /** Whether the plan was to hold every image that goes. */
  whole: boolean;
}

/**
 * Whether a plan made now would differ in what can be told from rows: an image of it stays now, a
 * container of it runs; or, where it was to be whole, an image goes now that it lacks.
 */
export function isOutdated(plan: Plan, { before, images, containers, whole }: Moment): boolean {
  const planned = new Set(plan.items.map(({ id }) => id));
  for (const { kind, id } of plan.items) {
    if (kind === 'container' && containers.get(id)?.state === 'running') return true;
    if (kind === 'image' && images !== before && images.get(id)?.verdict !== 'remove') return true;
  }
  if (!whole || images === before) return false;
  for (const row of images.values())
    if (row.verdict === 'remove' && !planned.has(row.id) && before.get(row.id) !== row) return true;
  return false;
}
