import type { Reclaimable } from '../domain/verdict/types.js';

/**
 * Whether anything would go by a plan made now: images, of which some free nothing, or what is no image.
 *
 * @param canGo what all that goes frees
 * @param images how many of that are images
 */
export const isAnyGoing = (canGo: Reclaimable, images: number): boolean =>
  images > 0 || canGo.max > 0;
