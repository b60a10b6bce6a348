import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { parseYaml } from '../source.js';
import {
  cutFrom,
  edited,
  eolOf,
  isMapping,
  lineEnd,
  lineStart,
  plainOf,
  rangeOf,
  splice,
  type Plain,
} from './text.js';

/** A list of rules. */
export type RuleList = 'protect' | 'keep' | 'remove';

export const listOf = (text: string, list: RuleList): Plain[] => {
  const policy = plainOf(text);
  const value = isMapping(policy) ? policy[list] : undefined;
  return Array.isArray(value) ? value : [];
};

const withList = (text: string, list: RuleList, entries: Plain[]): Plain => {
  const policy = plainOf(text);
  return { ...(isMapping(policy) ? policy : {}), [list]: entries };
};

/**
 * Adds an entry at the end of a list of rules, which is made where it is missing.
 *
 * @param written the entry in one line, as it shall stand there
 */
export function withEntry(text: string, list: RuleList, entry: Plain, written: string): string {
  return edited(
    text,
    withList(text, list, [...listOf(text, list), entry]),
    (body) => spliced(body, list, written),
    (document) => {
      const node = document.createNode(entry, { flow: true });
      if (isSeq(document.get(list))) document.addIn([list], node);
      else document.set(list, document.createNode([node]));
    },
  );
}

/** Takes an entry out of a list of rules; the list stays, though it be empty. */
export function withoutEntry(text: string, list: RuleList, index: number): string {
  const rest = listOf(text, list).toSpliced(index, 1);
  return edited(
    text,
    withList(text, list, rest),
    (body) => {
      const { seq } = partsOf(body, list);
      if (seq?.flow === true) return cutFrom(body, seq.items.map(rangeOf), index);
      const range = rangeOf(seq?.items[index]);
      if (range === null) return null;
      const from = lineStart(body, range[0]);
      const cut = splice(body, from, lineEnd(body, range[1]), '');
      return rest.length > 0 ? cut : cut.replace(new RegExp(`^${list}[ \\t]*:`, 'm'), '$& []');
    },
    (document) => document.deleteIn([list, index]),
  );
}

function partsOf(text: string, list: RuleList): { root: YAMLMap | null; seq: YAMLSeq | null } {
  const { contents } = parseYaml(text);
  const root = isMap(contents) && contents.flow !== true ? contents : null;
  const pair = root?.items.find(({ key }) => isScalar(key) && key.value === list);
  return { root, seq: isSeq(pair?.value) ? pair.value : null };
}

function spliced(text: string, list: RuleList, entry: string): string | null {
  const { root, seq } = partsOf(text, list);
  if (root === null) return null;
  const eol = eolOf(text);
  const ended = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
  const own = rangeOf(seq);
  if (seq === null || own === null) return `${ended}${list}:${eol}  - ${entry}${eol}`;
  const [start, end] = own;
  const last = rangeOf(seq.items.at(-1));
  if (last === null) return splice(text, start, end, `${eol}  - ${entry}`);
  if (seq.flow === true) return splice(text, last[1], last[1], `, ${entry}`);
  const at = lineEnd(ended, last[1]);
  return splice(ended, at, at, `${' '.repeat(start - lineStart(ended, start))}- ${entry}${eol}`);
}
