import type { CleanRun } from '../../contract/runs.js';
import { onDisk } from '../../domain/layers.js';
import type { Policy } from '../../domain/policy/types.js';
import { freeForPressure, isOver } from '../../domain/triggers/pressure.js';
import type { Scope } from '../../domain/triggers/types.js';
import type { Gauges, Reading } from '../gauges.js';
import type { Bid, Senses } from './types.js';

/** What a cause asks for now. */
export interface Aim {
  scope: Scope;
  /** Whether the engine's disk is over the policy's mark, where this is about that. */
  isFull: boolean;
  /** The engine's disk, where this is about that. */
  disk: Reading | null;
}

/**
 * What is to go for this cause; null where there is no need any more.
 *
 * @param disk what the engine's disk must be, where a reading would not show it yet
 */
export async function aimOf(
  { cause, repository }: Bid,
  { triggers }: Policy,
  from: { senses: Pick<Senses, 'inventory'>; gauges: Pick<Gauges, 'read' | 'reading'> },
  disk: Reading | null,
): Promise<Aim | null> {
  const aim = { scope: { free: null, repository }, isFull: false, disk: null };
  if (cause === 'image-budget') {
    if (triggers.images === null) return null;
    const { images } = await from.senses.inventory();
    const free = onDisk(images) - triggers.images.to;
    return free > 0 ? { ...aim, scope: { free, repository } } : null;
  }
  if (cause === 'pressure') {
    await from.gauges.read();
    const reading = disk ?? from.gauges.reading;
    const rule = triggers.pressure;
    if (rule === null || reading === null) return null;
    const free = freeForPressure(reading, rule);
    if (free === 0) return null;
    return { scope: { free, repository }, isFull: isOver(reading, rule), disk: reading };
  }
  return aim;
}

/** A disk that follows late as it must be after a run; null where a reading shows it. */
export function diskAfter(
  disk: Reading | null,
  { measured, estimated }: Pick<CleanRun, 'measured' | 'estimated'>,
): Reading | null {
  if (!disk?.late) return null;
  const freed = Math.min(disk.used, Math.max(0, measured ?? estimated.min));
  return { ...disk, used: disk.used - freed, available: disk.available + freed };
}
