import type { Store } from '../facts.js';

/**
 * Whether an image has no name but this tag of Careen's own, so that the engine would remove it with
 * the tag. A classic store leaves an image to the digest that it was pulled by (RECREATE).
 *
 * @param image as the engine lists it now; null: it is gone
 * @param image.ownRefs names that Careen gave it, apart from `refs`
 */
export function isLastName(
  image: { refs: readonly string[]; digests: readonly string[]; ownRefs: readonly string[] } | null,
  store: Store,
  tag: string,
): boolean {
  if (!image?.ownRefs.includes(tag)) return false;
  if (image.refs.length > 0 || image.ownRefs.length > 1) return false;
  return store !== 'classic' || image.digests.length === 0;
}
