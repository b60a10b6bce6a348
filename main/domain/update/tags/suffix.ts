import { countsBuilds, isDistribution, preReleaseRank } from './words.js';

/** What stands behind the version in a tag. */
export interface Suffix {
  pre: number[] | null;
  builds: number[];
  distribution: number[];
  /** Itself without the pre-release, and with `#` for numbers that may rise. */
  text: string;
}

/** What was made of a commit is no version. */
const commit = /-(?:g|sha-?)?(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?=-|$)/gi;
const number = String.raw`\d+(?:\.\d+)*`;
const piece = new RegExp(
  String.raw`([^A-Za-z\d]*)(?:([A-Za-z]+)(?:([-._]?)(${number}))?|(${number})|$)`,
  'g',
);

/** Reads the suffix of a tag piece by piece: a word with or without a number, or a number alone. */
export function suffixOf(text: string): Suffix {
  const read: Suffix = { pre: null, builds: [], distribution: [], text: '' };
  for (const found of text.replace(commit, '-@').matchAll(piece)) {
    const [all, before = '', word = '', gap = '', behind, alone] = found;
    const numbers = numbersOf(behind ?? alone);
    const rank = isPreRelease(before, word, gap, behind) ? preReleaseRank(word) : null;
    if (rank !== null) {
      read.pre = [...(read.pre ?? []), rank, ...numbers];
      continue;
    }
    const mayRise = alone !== undefined || countsBuilds(word) || isDistribution(word);
    if (mayRise) read.builds.push(...numbers);
    if (isDistribution(word)) read.distribution.push(...numbers);
    read.text += mayRise ? before + word + gap + shapeOf(behind ?? alone ?? '') : all;
  }
  return read;
}

/** `0b3`, `-b.59` and `-M02`; but a single letter alone is none, and `-b06` is a build. */
function isPreRelease(before: string, word: string, gap: string, behind?: string): boolean {
  if (word.length !== 1) return true;
  if (behind === undefined) return false;
  return word.toLowerCase() !== 'b' || before === '' || gap === '.';
}

const numbersOf = (text: string | undefined) =>
  text === undefined ? [] : text.split('.').map(Number);

const shapeOf = (text: string) => text.replace(/\d+/g, '#');
