import type { GaugesSlice } from '../../../main/contract/slices.js';

type Gauge = GaugesSlice['engine'];

/** Bytes that a gauge's disk holds in all; null where it is not known, which is never zero. */
export function totalOf(gauge: Gauge): number | null {
  if (gauge.used === null || gauge.available === null) return null;
  return gauge.used + gauge.available;
}

/** How full a disk is, in whole percent; null where it is not known. */
export function shareOf(gauge: Gauge): number | null {
  const total = totalOf(gauge);
  if (total === null || total === 0 || gauge.used === null) return null;
  return Math.round((gauge.used / total) * 100);
}
