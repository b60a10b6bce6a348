import type { ImageFacts } from '../facts.js';

type Known = Pick<ImageFacts, 'origin' | 'recoverable' | 'digests' | 'formerRefs'>;

/**
 * Whether an image came out of a registry, or went into one: only then is what a registry shows under
 * its name another version of it. A digest alone is no proof, for a containerd store gives local
 * builds one too (JUDGING §2). Null: not known.
 */
export function isOfRegistry(image: Known): boolean | null {
  const { origin, recoverable, digests } = image;
  if (origin === 'pulled') return true;
  if (recoverable.state === 'verified' || recoverable.state === 'likely') return true;
  if (origin === 'built' || digestsOf(image).length === 0) return false;
  return recoverable.state === 'no' && digests.length > 0 ? false : null;
}

/** Every digest that an image is or was known by, without its repository. */
export function digestsOf({ digests, formerRefs }: Known): string[] {
  const names = [...digests, ...formerRefs].filter((name) => name.includes('@'));
  return [...new Set(names.map((name) => name.slice(name.indexOf('@') + 1)))];
}
