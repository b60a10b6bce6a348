import { z } from 'zod';
import type { ListedImage } from '../../adapters/docker/types.js';
import type { Millis, Recoverable, Store } from '../../domain/facts.js';
import { answerLife } from '../../domain/recoverable.js';

/** What registries said of an image last: one has it, or all said that they have it not. */
export const knownRecoverable = z
  .object({ state: z.enum(['verified', 'no']), at: z.number() })
  .nullable()
  .default(null);
type KnownRecoverable = z.infer<typeof knownRecoverable>;

/**
 * Whether an image can be had again. Without a fresh answer: a digest on a classic store was pulled or
 * pushed once; on a containerd store local builds have one too, so there only a registry can tell
 * (JUDGING §2).
 */
export function recoverableOf(
  image: ListedImage,
  known: KnownRecoverable,
  store: Store,
  now: Millis,
): Recoverable {
  if (image.digests.length === 0) return { state: 'no' };
  const age = known ? now - known.at : Infinity;
  if (known && age >= 0 && age < answerLife)
    return known.state === 'verified' ? { state: 'verified', at: known.at } : { state: 'no' };
  return { state: store === 'classic' ? 'likely' : 'unknown' };
}
