import type { DockerEngine } from '../../adapters/docker/types.js';

/**
 * Whether an image has no name but this tag of Careen's own, so that the engine would remove it with
 * the tag. A classic store leaves an image to the digest that it was pulled by (RECREATE).
 */
export async function isLastName(
  engine: DockerEngine,
  imageId: string,
  tag: string,
): Promise<boolean> {
  const image = await engine.listImage(imageId);
  if (!image?.ownRefs.includes(tag)) return false;
  if (image.refs.length > 0 || image.ownRefs.length > 1) return false;
  return engine.facts.store !== 'classic' || image.digests.length === 0;
}
