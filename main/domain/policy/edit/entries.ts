import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from '../keys.js';
import { parseYaml } from '../source.js';
import {
  aboveComments,
  cutFrom,
  edited,
  eolOf,
  lineEnd,
  lineStart,
  plainOf,
  rangeOf,
  splice,
  valueAt,
  type Plain,
} from './text.js';
import { withValue } from './value.js';

/** A list of rules. */
export type RuleList = 'protect' | 'keep' | 'remove';

export const listOf = (text: string, list: Path): Plain[] => {
  const value = valueAt(plainOf(text), list);
  return Array.isArray(value) ? value : [];
};

const withList = (text: string, list: Path, entries: Plain[]): Plain =>
  withValue(plainOf(text), list, entries);

/**
 * Adds an entry at the end of a list of rules, which is made where it is missing.
 *
 * @param written the entry in one line, as it shall stand there
 */
export function withEntry(text: string, list: RuleList, entry: Plain, written: string): string {
  return withEntries(text, list, [entry], [written]);
}

/** The same with several entries, in one go however many they are. */
export function withEntries(
  text: string,
  list: RuleList,
  entries: readonly Plain[],
  written: readonly string[],
): string {
  return edited(
    text,
    withList(text, [list], [...listOf(text, [list]), ...entries]),
    (body) => spliced(body, list, written),
    (document) => {
      const nodes = entries.map((entry) => document.createNode(entry, { flow: true }));
      if (isSeq(document.get(list))) for (const node of nodes) document.addIn([list], node);
      else document.set(list, document.createNode(nodes));
    },
  );
}

/**
 * Takes an entry out of a list of rules or of update entries; the list stays, though it be empty.
 *
 * @param list where the list stands, e.g. `['keep']`
 */
export function withoutEntry(text: string, list: Path, index: number): string {
  return withoutEntries(text, list, [index]);
}

/** The same with several entries, in one go however many they are. */
export function withoutEntries(text: string, list: Path, indices: readonly number[]): string {
  const gone = new Set(indices);
  const fromEnd = [...gone].sort((a, b) => b - a);
  const rest = listOf(text, list).filter((_, index) => !gone.has(index));
  return edited(
    text,
    withList(text, list, rest),
    (body) => {
      const { seq, keyEnd } = partsOf(body, list);
      const ranges = seq?.items.map(rangeOf) ?? [];
      if (seq?.flow === true) return cutAll(body, ranges, fromEnd);
      let cut = body;
      for (const index of fromEnd) {
        const range = ranges[index];
        if (!range || keyEnd === null) return null;
        cut = splice(cut, lineStart(cut, range[0]), lineEnd(cut, range[1]), '');
      }
      const colon = cut.indexOf(':', keyEnd ?? 0) + 1;
      return rest.length > 0 ? cut : splice(cut, colon, colon, ' []');
    },
    (document) => {
      for (const index of fromEnd) document.deleteIn([...list, index]);
    },
  );
}

/** Takes parts out of a flow collection, the last of them first. */
function cutAll(
  text: string,
  ranges: readonly ([number, number] | null)[],
  fromEnd: readonly number[],
): string | null {
  let cut: string | null = text;
  let left = ranges;
  for (const index of fromEnd) {
    const own = left[index];
    cut = cut === null || !own ? null : cutFrom(cut, left, index);
    // What came behind begins where this began.
    const [next = null, ...behind] = left.slice(index + 1);
    left = [...left.slice(0, index), ...(next && own ? [own, ...behind] : [])];
  }
  return cut;
}

/**
 * Changes places with the next entry of a list, each with the comments right above it.
 *
 * @param index of the first of the two
 */
export function withSwapped(text: string, list: Path, index: number): string {
  const entries = listOf(text, list);
  const [first, second] = [entries[index], entries[index + 1]];
  if (first === undefined || second === undefined) return text;
  return edited(
    text,
    withList(text, list, entries.toSpliced(index, 2, second, first)),
    (body) => {
      const { seq } = partsOf(body, list);
      const own = rangeOf(seq?.items[index]);
      const next = rangeOf(seq?.items[index + 1]);
      if (own === null || next === null) return null;
      const ended = body.endsWith('\n') ? body : body + eolOf(body);
      const block = ([start, end]: [number, number]): [number, number] =>
        seq?.flow === true
          ? [start, end]
          : [aboveComments(ended, lineStart(ended, start)), lineEnd(ended, end)];
      const [[a, b], [c, d]] = [block(own), block(next)];
      return (
        ended.slice(0, a) +
        ended.slice(c, d) +
        ended.slice(b, c) +
        ended.slice(a, b) +
        ended.slice(d)
      );
    },
    (document) => {
      const seq = document.getIn(list);
      if (isSeq(seq)) seq.items.splice(index, 2, seq.items[index + 1], seq.items[index]);
    },
  );
}

interface Parts {
  root: YAMLMap | null;
  seq: YAMLSeq | null;
  /** Where the key that the list stands under ends. */
  keyEnd: number | null;
}

function partsOf(text: string, list: Path): Parts {
  const { contents } = parseYaml(text);
  const root = isMap(contents) && contents.flow !== true ? contents : null;
  let node: unknown = root;
  let keyEnd: number | null = null;
  for (const step of list) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && key.value === step)
      : undefined;
    keyEnd = rangeOf(pair?.key)?.[1] ?? null;
    node = pair?.value;
  }
  return { root, seq: isSeq(node) ? node : null, keyEnd };
}

function spliced(text: string, list: RuleList, entries: readonly string[]): string | null {
  const { root, seq } = partsOf(text, [list]);
  if (root === null) return null;
  const eol = eolOf(text);
  const ended = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
  const own = rangeOf(seq);
  const lines = (indent: string) => entries.map((entry) => `${indent}- ${entry}${eol}`).join('');
  if (seq === null || own === null) return `${ended}${list}:${eol}${lines('  ')}`;
  const [start, end] = own;
  const last = rangeOf(seq.items.at(-1));
  if (last === null)
    return splice(text, start, end, entries.map((entry) => `${eol}  - ${entry}`).join(''));
  if (seq.flow === true)
    return splice(text, last[1], last[1], entries.map((entry) => `, ${entry}`).join(''));
  const at = lineEnd(ended, last[1]);
  return splice(ended, at, at, lines(' '.repeat(start - lineStart(ended, start))));
}
