import type { GaugesSlice } from '../../../main/contract/slices.js';

export { shareOf } from '../../../main/domain/disk/share.js';

type Gauge = GaugesSlice['engine'];

/** Bytes that a gauge's disk holds in all; null where it is not known, which is never zero. */
export function totalOf(gauge: Gauge): number | null {
  if (gauge.used === null || gauge.available === null) return null;
  return gauge.used + gauge.available;
}
