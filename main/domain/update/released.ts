import type { Inventory, Millis } from '../facts.js';
import { judgeNamed } from '../plan/named.js';
import type { Policy } from '../policy/types.js';

/** A version that is being given up, as the judge knows it. */
export type Released = Pick<Inventory['retained'][number], 'container' | 'imageId' | 'replacedAt'>;

/**
 * Whether an image stays although a person gave these versions up: giving up names the image, and is
 * no stronger than that. One that was not judged stays.
 */
export function isHeldBeside(
  inventory: Inventory,
  policy: Policy,
  now: Millis,
  imageId: string,
  released: readonly Released[],
): boolean {
  const isReleased = (kept: Released) =>
    released.some(
      (one) =>
        one.container === kept.container &&
        one.imageId === kept.imageId &&
        one.replacedAt === kept.replacedAt,
    );
  const retained = inventory.retained.filter((kept) => !isReleased(kept));
  const named = new Set([imageId]);
  const without = { ...inventory, retained };
  const { judged } = judgeNamed(without, policy, { now, ages: 'calendar', named });
  return judged.find(({ id }) => id === imageId)?.verdict !== 'remove';
}
