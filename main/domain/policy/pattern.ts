import picomatch from 'picomatch';
import { splitReference } from '../reference.js';

/** A pattern of JUDGING §3 ("Patterns"), ready to be asked. */
export type Pattern =
  | { kind: 'all' }
  | { kind: 'id'; id: string }
  | {
      kind: 'name';
      /** Asked with a full repository (`docker.io/library/postgres`). */
      repository: (repository: string) => boolean;
      /** Null means any tag or digest. */
      tag: ((tag: string) => boolean) | null;
      digest: ((digest: string) => boolean) | null;
      /** Without wildcards: it names exactly one tag or digest. */
      exact: boolean;
    };

const longest = 256;
/** More in one part would let a regular expression take seconds over a single name. */
export const mostWildcards = 3;

/** Whether a text is an image's ID, whole. */
export const isImageId = (text: string) => /^sha256:[0-9a-f]{64}$/.test(text);

/** A glob in which `*` stays inside one part of a name. */
export const glob = (text: string): ((asked: string) => boolean) =>
  picomatch(text, {
    dot: true,
    noextglob: true,
    nobrace: true,
    nonegate: true,
    windows: false,
  });

/** Whether a text has no wildcard. */
export const isLiteral = (text: string) => !/[*?[\]\\]/.test(text);
const matcher = (text: string) =>
  isLiteral(text) ? (asked: string) => asked === text : glob(text);

/** Fills in the domain that a pattern leaves out; a first part with a wildcard stays as it is. */
function expandPattern(name: string): string {
  const slash = name.indexOf('/');
  if (slash < 0) return `docker.io/library/${name}`;
  const first = name.slice(0, slash);
  return first === 'localhost' || /[.:*]/.test(first) ? name : `docker.io/${name}`;
}

/** Reads a pattern; null when it is none (empty, over 256 characters, blanks, too many `*`). */
export function parsePattern(text: string): Pattern | null {
  if (text === '' || text.length > longest || /[\s\p{Cc}]/u.test(text)) return null;
  if (text === '**') return { kind: 'all' };
  if (isImageId(text)) return { kind: 'id', id: text };
  const { name, tag, digest } = splitReference(text);
  const parts = [name, tag ?? '*', digest ?? '*'];
  if (parts.some((part) => part === '' || (part.match(/\*+/g)?.length ?? 0) > mostWildcards))
    return null;
  return {
    kind: 'name',
    repository: matcher(expandPattern(name)),
    tag: tag === null ? null : matcher(tag),
    digest: digest === null ? null : matcher(digest),
    exact: (tag !== null || digest !== null) && isLiteral(text),
  };
}

/** Whether the tag and digest of a reference suit a pattern whose repository matched already. */
export function matchesVersion(
  pattern: Pattern & { kind: 'name' },
  tag: string | null,
  digest: string | null,
): boolean {
  if (pattern.tag !== null && (tag === null || !pattern.tag(tag))) return false;
  return pattern.digest === null || (digest !== null && pattern.digest(digest));
}
