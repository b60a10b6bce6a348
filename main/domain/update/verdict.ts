import type { ContainerFacts, ImageFacts } from '../facts.js';
import { repositoryOf, repositoryOfName, splitReference, type Reference } from '../reference.js';
import { referenceOrNull } from './entries.js';
import { digestsOf, isOfRegistry } from './origin.js';
import {
  type CheckVerdict,
  type ModeInForce,
  type NotChecked,
  unknownVersion,
  type Version,
} from './types.js';
import { versionLabel } from './version-label.js';

/** What a check knows of one container. */
export interface VerdictQuestion {
  container: Pick<ContainerFacts, 'reference' | 'imageId'>;
  /** The one that it runs, by its ID; null when the engine does not have it any more. */
  image: ImageFacts | null;
  mode: Pick<ModeInForce, 'mode' | 'reason' | 'asksRegistry'>;
  /** What the engine resolves the container's reference to now; null where nothing has that tag. */
  tagged: ImageFacts | null;
  /** What the registry shows under the reference, null for no such tag; null: not asked yet. */
  shown: { digest: string | null } | null;
  /** The newest tag that the rule allows, with its digest where the registry was asked for it. */
  newer: { tag: string; digest: string | null } | null;
  /**
   * Digests that turned out to be the image that it runs, `sha256:…`: an index can change without
   * this platform's image.
   */
  sameAs: readonly string[];
  /** The image that the engine has under a digest. */
  imageOf: (digest: string) => ImageFacts | null;
}

/**
 * What a check says of one container (UPDATING §2). Its image is compared by every digest that it has
 * or had, never by what the tag resolves to now; what a person pulled or built under the tag is told.
 */
export function verdictOf(question: VerdictQuestion): CheckVerdict {
  const { container, image, mode, tagged, shown, newer, sameAs, imageOf } = question;
  const why = notAsked(question);
  const reference = madeFrom(container.reference, image);
  if (reference === null || (why !== null && why !== 'local-build'))
    return notChecked(why ?? 'no-reference');

  const own = new Set([...(image === null ? [] : digestsOf(image)), ...sameAs]);
  const waiting = tagged !== null && tagged.id !== container.imageId ? tagged : null;
  if (waiting !== null && isOfRegistry(waiting) === false)
    return { state: 'available', to: versionOf(waiting, reference), source: 'built' };
  const isLocal = why === 'local-build';
  if (isLocal && waiting === null) return notChecked('local-build');
  if (newer !== null && !isLocal && (newer.digest === null || !own.has(newer.digest))) {
    const here = newer.digest === null ? null : imageOf(newer.digest);
    return available({ ...reference, tag: newer.tag }, newer.digest, here);
  }
  const digest = shown?.digest ?? null;
  if (digest !== null && own.has(digest)) return { state: 'current' };
  if (waiting !== null && (digest === null || isLocal || digestsOf(waiting).includes(digest)))
    return { state: 'available', to: versionOf(waiting, reference), source: 'pulled' };
  if (shown === null) return { state: mode.asksRegistry ? 'unchecked' : 'current' };
  if (digest === null)
    return image !== null && isOfRegistry(image) === null
      ? notChecked('local-build')
      : { state: 'gone' };
  if (own.size === 0) return { state: 'unchecked' };
  return available(reference, digest, imageOf(digest));
}

/** Known before a registry is asked, so that no name of a local build is ever sent to one. */
function notAsked({
  container,
  image,
  mode,
}: Pick<VerdictQuestion, 'container' | 'image' | 'mode'>): NotChecked | null {
  if (mode.mode === 'ignore') return mode.reason.by === 'owner' ? 'owner-pulls' : 'ignored';
  const reference = madeFrom(container.reference, image);
  if (reference === null) return 'no-reference';
  if (reference.digest !== null) return 'pinned';
  return image !== null && isOfRegistry(image) === false ? 'local-build' : null;
}

const notChecked = (why: NotChecked): CheckVerdict => ({
  state: 'not-checked',
  why,
});

/** What a registry has; what is on the engine already needs no pull. */
function available(
  reference: Reference,
  digest: string | null,
  here: ImageFacts | null,
): CheckVerdict {
  const { tag } = reference;
  if (here !== null) {
    const to = { ...versionOf(here, reference), digest };
    return { state: 'available', to, source: 'pulled' };
  }
  const to = { ...unknownVersion, tag: tag ?? 'latest', digest };
  return { state: 'available', to, source: 'registry' };
}

/** The reference that a container was made from; null where it was made by an ID, short ones too. */
export function madeFrom(
  text: string,
  image: Pick<ImageFacts, 'id' | 'refs'> | null,
): Reference | null {
  const reference = referenceOrNull(text);
  if (reference === null || text.startsWith('sha256:')) return null;
  const isShortId = /^[0-9a-f]{4,63}$/.test(text) && image?.id.startsWith(`sha256:${text}`);
  return isShortId && !image?.refs.includes(`${text}:latest`) ? null : reference;
}

/** An image of this engine as a version of a reference. */
export function versionOf(image: ImageFacts, reference: Reference | null): Version {
  const { id, created } = image;
  return {
    tag:
      reference === null || reference.digest !== null
        ? (reference?.tag ?? null)
        : (reference.tag ?? 'latest'),
    digest: digestIn(image, reference) ?? digestsOf(image)[0] ?? null,
    imageId: id,
    created,
    label: versionLabel(image),
  };
}

/** Of several repositories' digests, the one of the reference's own. */
function digestIn({ digests }: ImageFacts, reference: Reference | null): string | null {
  if (reference === null) return null;
  const repository = repositoryOf(reference);
  const own = digests.map(splitReference).find(({ name }) => repositoryOfName(name) === repository);
  return own?.digest ?? null;
}
