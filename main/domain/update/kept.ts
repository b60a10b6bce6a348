import type { Millis } from '../facts.js';
import type { Policy } from '../policy/types.js';

/** Of what is kept, the newest first, those that the policy still holds: so many, for so long (JUDGING §4). */
export function heldBy<T extends { replacedAt: Millis }>(
  versions: readonly T[],
  { versions: most, for: life }: Policy['rollback'],
  now: Millis,
): T[] {
  return versions.filter(({ replacedAt }, n) => n < most && replacedAt + life > now);
}

/** A version as a person names it: by the engine's ID or a part of it, by reference, or by tag. */
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
        [imageId, reference, tag, digest].includes(wanted) ||
        (isId && imageId.startsWith(`sha256:${wanted}`)),
    ) ?? null
  );
}
