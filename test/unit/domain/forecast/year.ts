import type { CleanUp, Sample } from '../../../../main/domain/forecast/samples.js';

export const hour = 3_600_000;
export const day = 24 * hour;
export const GB = 1e9;
/** The first moment of every history. */
export const start = Date.UTC(2026, 0, 1);

/** How a disk fills: bytes at its beginning, its size, and what happens in each hour from `start`. */
export interface Disk {
  size: number;
  used: number;
  /** Bytes that come in this hour. */
  grows: (hour: number) => number;
  /** Bytes that a clean-up at the end of this hour frees; 0: none. */
  cleans?: (hour: number, used: number) => number;
  /** Whether the machine is awake in this hour; asleep nothing grows, is cleaned or is sampled. */
  awake?: (hour: number) => boolean;
}

/** A machine's random numbers, the same each time: from 0 to 1 (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Every hour's sample of so many days, with the clean-ups in them. */
export function historyOf(disk: Disk, days: number): { samples: Sample[]; cleanUps: CleanUp[] } {
  const samples: Sample[] = [];
  const cleanUps: CleanUp[] = [];
  let { used } = disk;
  for (let n = 0; n <= days * 24; n++) {
    if (disk.awake && !disk.awake(n)) continue;
    used = Math.min(disk.size, Math.max(0, used + disk.grows(n)));
    const at = start + n * hour;
    const freed = disk.cleans?.(n, used) ?? 0;
    if (freed > 0) {
      used -= freed;
      cleanUps.push({ at, freed });
    }
    samples.push({ at, used, available: disk.size - used });
  }
  return { samples, cleanUps };
}
