import type { Millis } from '../facts.js';
import type { Policy } from '../policy/types.js';
import { repositoryOfName, splitReference } from '../reference.js';

/** Of what is kept, the newest first, those that the policy still holds: so many, for so long (JUDGING §4). */
export function heldBy<T extends { replacedAt: Millis }>(
  versions: readonly T[],
  { versions: most, for: life }: Policy['rollback'],
  now: Millis,
): T[] {
  return versions.filter(({ replacedAt }, n) => n < most && replacedAt + life > now);
}

/** A version as a person names it: by the engine's ID or a part of it, by reference in any form, or by tag. */
export interface Named {
  imageId: string;
  reference: string;
  tag: string | null;
  digest: string | null;
}

/** The newest of those that are meant; null: none is. */
export function versionNamed<T extends Named>(versions: readonly T[], wanted: string): T | null {
  const isId = /^[0-9a-f]{12,64}$/.test(wanted);
  return (
    versions.find(
      ({ imageId, reference, tag, digest }) =>
        [imageId, tag, digest].includes(wanted) ||
        fullName(reference) === fullName(wanted) ||
        (isId && imageId.startsWith(`sha256:${wanted}`)),
    ) ?? null
  );
}

/** With all that a short name leaves out; what is no reference is like none. */
function fullName(text: string): string {
  const { name, tag, digest } = splitReference(text);
  return repositoryOfName(name) + (digest === null ? `:${tag ?? 'latest'}` : `@${digest}`);
}
