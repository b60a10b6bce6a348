import type { ImageRow } from '../../../main/contract/slices.js';
import type { UpdateRow } from '../../../main/contract/updates.js';

/** More than anybody reads. */
const IMAGES = 50;
const CONTAINERS = 20;

/** What a person typed, as words that all have to be found. */
export const wordsOf = (query: string) =>
  query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/**
 * How well a text is what was typed: 0 not at all, more is better. The beginning of the text goes
 * before the beginning of a word in it, and that before any other place.
 */
export function scoreOf(text: string, words: readonly string[]): number {
  const lower = text.toLowerCase();
  let score = 1;
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at < 0) return 0;
    score += at === 0 ? 4 : /[\s/:._-]/.test(lower.charAt(at - 1)) ? 2 : 1;
  }
  return score;
}

/** The best of many, at most `most` of them; equals keep their order. */
export function best<T>(
  all: Iterable<T>,
  textsOf: (one: T) => readonly string[],
  words: readonly string[],
  most: number,
): T[] {
  const found: { one: T; score: number }[] = [];
  for (const one of all) {
    let score = 0;
    for (const text of textsOf(one)) score = Math.max(score, scoreOf(text, words));
    if (score > 0) found.push({ one, score });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ one }) => one);
}

/** Images by any of their names, or by the beginning of their ID. */
export function findImages(rows: Iterable<ImageRow>, query: string): ImageRow[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const id = (row: ImageRow) => row.id.slice(row.id.indexOf(':') + 1);
  const [only, ...more] = words;
  const byId = more.length === 0 && only !== undefined && /^[0-9a-f]{4,}$/.test(only);
  return best(
    rows,
    (row) => (byId && id(row).startsWith(only) ? [...row.refs, id(row)] : row.refs),
    words,
    IMAGES,
  );
}

/** Containers by their name, or that of their image. */
export function findContainers(rows: Iterable<UpdateRow>, query: string): UpdateRow[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return best(rows, (row) => [row.container, row.reference], words, CONTAINERS);
}
