import { familiar, normalise, type Reference } from '../reference.js';
import { referenceOrNull } from '../update/entries.js';

const isId = (text: string) => /^(sha256:)?[0-9a-f]{64}$/.test(text);

/** The name in a service's Spec; null where it has an ID, or what is no reference. */
export function imageName(image: string): Reference | null {
  return isId(image) ? null : referenceOrNull(image);
}

/**
 * The digest that a Spec means; null: it names none, and each node pulls what the tag shows there and
 * then (FLEET, Swarm: the API resolves no digest).
 */
export function digestMeant(image: string): string | null {
  return imageName(image)?.digest ?? null;
}

/**
 * What a registry is asked for: the tag. A Spec that has a digest and no tag was pinned by a person,
 * and is not asked about: null.
 */
export function askedFor(image: string): Reference | null {
  const name = imageName(image);
  if (name === null || (name.digest !== null && name.tag === null)) return null;
  return { ...name, tag: name.tag ?? 'latest', digest: null };
}

/** As the docker CLI writes it into a Spec: `repo:tag@digest`. */
export function pinned(name: Reference, digest: string): string {
  return familiar({ ...name, tag: name.tag ?? 'latest', digest });
}

/** Whether two Specs mean the same content: by digest, and by name where neither has one. */
export function isSameImage(a: string, b: string): boolean {
  const digest = digestMeant(a);
  if (digest !== null || digestMeant(b) !== null) return digest === digestMeant(b);
  return tagged(a) === tagged(b);
}

function tagged(image: string): string {
  const name = imageName(image);
  return name === null ? image : normalise({ ...name, tag: name.tag ?? 'latest' });
}

/**
 * Every name by which a node may have a service's image. Pulled by `repo:tag@digest`, it has no tag on
 * a classic store, only `repo@digest`; a containerd store lists `repo:tag@digest` whole among the tags
 * (FLEET, images on a node). The bare tag may lead to another image there, and is no name of it.
 */
export function spellings(image: string): string[] {
  const name = imageName(image);
  if (name === null) return [image.startsWith('sha256:') ? image : `sha256:${image}`];
  const { tag, digest } = name;
  if (digest === null) return [familiar({ ...name, tag: tag ?? 'latest' })];
  const byDigest = familiar({ ...name, tag: null });
  return tag === null ? [byDigest] : [familiar(name), byDigest];
}
