import type { Gauge } from './types.js';

/** How full a disk is, in whole percent; null where it is not known, which is never zero. */
export function shareOf({ used, available }: Pick<Gauge, 'used' | 'available'>): number | null {
  if (used === null || available === null || used + available === 0) return null;
  return Math.round((100 * used) / (used + available));
}
