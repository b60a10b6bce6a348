import type { UpdateRefusal } from '../../contract/update-preview.js';
import type { Target } from '../types.js';

/** How often the bytes of compressed layers are needed at once: as they are, and unpacked. */
const unpacked = 2;

/** Whether the engine's disk is too small for a pull; null where it is not, or that is not known. */
export function noRoom(
  { pullBy, bytes }: Pick<Target, 'pullBy' | 'bytes'>,
  available: number | null,
): UpdateRefusal | null {
  const needed = pullBy === null || bytes === null ? 0 : bytes * unpacked;
  if (available === null || needed <= available) return null;
  return { code: 'no-room', needed, available };
}
