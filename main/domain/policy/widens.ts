import type { UpdatePolicy } from './types.js';

/**
 * Whether containers without an entry of their own would be updated by themselves that were not, or
 * sooner after a version appears: a person agrees to that first (DESIGN §6).
 */
export function widensUpdates({ default: before }: UpdatePolicy, after: UpdatePolicy): boolean {
  const { mode, minAge } = after.default;
  return mode === 'auto' && (before.mode !== 'auto' || minAge < before.minAge);
}
