import { glob, isLiteral, mostWildcards } from './pattern.js';

/** A glob over container names, ready to be asked. */
export interface NamePattern {
  /** The one name that it means; null where it has a wildcard. */
  name: string | null;
  matches(name: string): boolean;
}

const longest = 256;

/** Reads a glob over container names; null when it is none (empty, blanks, too many `*`). */
export function parseNamePattern(text: string): NamePattern | null {
  if (text === '' || text.length > longest || /[\s\p{Cc}]/u.test(text)) return null;
  const plain = text.replace(/\\(.)/g, '$1');
  const isOne = isLiteral(text.replace(/\\./g, ''));
  if (isOne) return { name: plain, matches: (name) => name === plain };
  if ((text.match(/\*+/g)?.length ?? 0) > mostWildcards) return null;
  return { name: null, matches: glob(text) };
}

/** The glob that means one container name and no other. */
export function globOfName(name: string): string {
  return name.replace(/[*?[\]\\]/g, '\\$&');
}
