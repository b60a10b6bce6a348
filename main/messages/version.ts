import type { Version } from '../domain/update/types.js';
import { clip, shortId } from './short.js';

/** Labels are other people's text: longer ones are cut. */
const MOST = 32;

/** Three numbers or more: a tag that names one version and no family of them. */
const isWhole = (tag: string) => /\d+\.\d+\.\d+/.test(tag);

/**
 * Whether a label tells more of a version than the tag. An image inherits labels of its base, so
 * one that contradicts the numbers that the tag begins with speaks of something else.
 */
function isFiner(label: string, tag: string | null): boolean {
  if (tag === null) return true;
  if (isWhole(tag)) return false;
  const numbers = /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1];
  if (numbers === undefined) return true;
  const said = label.replace(/^v/, '');
  return said.startsWith(numbers) && !/^\d/.test(said.slice(numbers.length));
}

function labelOf({ label, tag }: Version): string | null {
  return label !== null && label !== '' && isFiner(label, tag) ? clip(label, MOST) : null;
}

/** So many digits tell two versions of one container apart. */
const DIGITS = 8;

/** The first digits of what identifies an image beyond doubt; null where nothing does. */
function identityOf({ digest, imageId }: Version): string | null {
  const identity = digest ?? imageId;
  return identity === null ? null : shortId(identity).slice(0, DIGITS);
}

/** What a person calls a version: by its label, else its tag, else the first digits of its digest. */
export function versionName(version: Version): string {
  return labelOf(version) ?? version.tag ?? identityOf(version) ?? '–';
}

/**
 * What two versions of one container are called beside each other, so that the names differ
 * wherever the versions do: by labels or tags; else, as of a tag that was moved and whose new image
 * is not read yet, by digest.
 */
export function versionPair(from: Version, to: Version): { from: string; to: string } {
  const moved = from.tag === to.tag;
  const name = (version: Version, other: Version) =>
    (moved ? (labelOf(version) ?? (labelOf(other) === null ? null : identityOf(version))) : null) ??
    versionName(version);
  const named = { from: name(from, to), to: name(to, from) };
  if (named.from !== named.to) return named;
  return { from: identityOf(from) ?? named.from, to: identityOf(to) ?? named.to };
}
