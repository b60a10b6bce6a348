import { CareenError } from '../../domain/errors.js';
import { clean } from './text.js';

/** Names that Careen gives to what a rollback needs (JUDGING §4): never shown, never judged. */
const ownPrefix = 'careen.invalid/keep/';

export interface Names {
  refs: string[];
  digests: string[];
  ownRefs: string[];
}

/** An image ID as Careen writes it; Podman leaves `sha256:` out in places. */
export function imageId(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? `sha256:${text}` : clean(text);
}

/** A name as docker prints it; Podman writes the registry out. */
export function familiar(name: string): string {
  return clean(name).replace(/^(index\.)?docker\.io\/(library\/)?/, '');
}

/**
 * Sorts what the engine calls an image. Empty lists come as null, `<none>:<none>` or `[]`; a
 * containerd store names what a Swarm service pulled `repo:tag@digest` among the tags (ACCOUNTING,
 * FLEET).
 */
export function namesOf(tags: string[] | null, digests: string[] | null): Names {
  const refs = new Set<string>();
  const byDigest = new Set<string>();
  const own = new Set<string>();
  for (const name of [...(tags ?? []), ...(digests ?? [])]) {
    if (name.startsWith('<none>')) continue;
    const short = familiar(name);
    const at = short.indexOf('@');
    if (short.startsWith(ownPrefix)) {
      if (at < 0) own.add(short);
    } else if (at < 0) refs.add(short);
    else byDigest.add(`${short.slice(0, at).replace(/:[^:/]*$/, '')}${short.slice(at)}`);
  }
  return { refs: [...refs].sort(), digests: [...byDigest].sort(), ownRefs: [...own].sort() };
}

/**
 * A reference or ID as part of an API path. Nothing but the characters of the reference grammar gets
 * through, so no name can lead to another endpoint of the API.
 *
 * @throws CareenError `reference-invalid`
 */
export function inPath(reference: string): string {
  if (!/^[A-Za-z0-9[][A-Za-z0-9._:@+[\]/-]*$/.test(reference) || /(^|\/)\.*(\/|$)/.test(reference))
    throw new CareenError('reference-invalid', { text: clean(reference), problem: 'syntax' });
  return reference;
}
