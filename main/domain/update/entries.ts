import type { ContainerFacts } from '../facts.js';
import { isCareenError } from '../errors.js';
import { parseNamePattern } from '../policy/container-name.js';
import { matchesVersion, parsePattern } from '../policy/pattern.js';
import type { UpdateEntry } from '../policy/types.js';
import { parseReference, repositoryOf, type Reference } from '../reference.js';

/** A container as entries select it. */
export type Selected = Pick<ContainerFacts, 'name' | 'reference' | 'imageId'>;

/**
 * The entry that holds for a container: one that has its very name, else the first that matches
 * (UPDATING §3). Null where `default` alone does.
 */
export function entryFor(
  entries: readonly UpdateEntry[],
  container: Selected,
): { entry: UpdateEntry; byName: boolean } | null {
  const matching = entries.filter(
    ({ match, image }) => namesIt(match, container.name) && madeFromIt(image, container),
  );
  const named = matching.find(({ match }) => match?.some((text) => isNameOf(text, container.name)));
  const entry = named ?? matching[0];
  return entry === undefined ? null : { entry, byName: named !== undefined };
}

const isNameOf = (text: string, name: string) => parseNamePattern(text)?.name === name;

function namesIt(match: readonly string[] | null, name: string): boolean {
  return match === null || match.some((text) => parseNamePattern(text)?.matches(name) ?? false);
}

function madeFromIt(image: readonly string[] | null, container: Selected): boolean {
  if (image === null) return true;
  const reference = referenceOrNull(container.reference);
  return image.some((text) => suits(text, reference, container.imageId));
}

function suits(text: string, reference: Reference | null, imageId: string): boolean {
  const pattern = parsePattern(text);
  if (pattern === null) return false;
  if (pattern.kind !== 'name') return pattern.kind === 'all' || pattern.id === imageId;
  if (reference === null || !pattern.repository(repositoryOf(reference))) return false;
  const { tag, digest } = reference;
  return matchesVersion(pattern, tag ?? (digest === null ? 'latest' : null), digest);
}

/** A reference that can be read; null for an ID, by which containers are made too. */
export function referenceOrNull(text: string): Reference | null {
  try {
    return parseReference(text);
  } catch (e) {
    if (isCareenError(e, 'reference-invalid')) return null;
    throw e;
  }
}
