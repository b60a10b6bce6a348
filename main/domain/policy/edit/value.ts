import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Path } from '../keys.js';
import { parseYaml } from '../source.js';
import {
  cutFrom,
  edited,
  eolOf,
  flowText,
  isMapping,
  lineEnd,
  lineStart,
  pairRange,
  plainOf,
  rangeOf,
  same,
  splice,
  valueAt,
  type Plain,
} from './text.js';

/**
 * Writes one value into a policy text, or with null takes it out; comments, order and all other
 * lines stay as they are. Mappings that the path needs are made, those that it empties go. Gives
 * the same text back when it says so already. The text must be a valid policy; whether the result is one
 * is the caller's question.
 */
export function setValue(text: string, path: Path, value: Plain | null): string {
  const before = plainOf(text);
  const old = valueAt(before, path);
  if (value !== null && isMapping(value) && isMapping(old)) return setKeys(text, path, old, value);
  if (value === null && old === undefined) return text;
  if (value !== null && old !== undefined && same(old, value)) return text;
  const emptied = value === null ? emptiedBy(before, path) : path;
  return edited(
    text,
    withValue(before, emptied, value),
    (body) => spliced(body, emptied, value),
    (document) => {
      if (value === null) document.deleteIn(emptied);
      else document.setIn(emptied, document.createNode(value, { flow: true }));
    },
  );
}

/** A mapping key by key, so that what stands beside its keys stays. */
function setKeys(
  text: string,
  path: Path,
  old: { [key: string]: Plain },
  value: { [key: string]: Plain },
): string {
  let result = text;
  for (const [key, one] of Object.entries(value)) result = setValue(result, [...path, key], one);
  for (const key of Object.keys(old))
    if (!Object.hasOwn(value, key)) result = setValue(result, [...path, key], null);
  return result;
}

/** The outermost mapping that would have nothing left, or the path itself. */
function emptiedBy(before: Plain, path: Path): Path {
  const above = path.slice(0, -1);
  const holder = valueAt(before, above);
  const isLast = above.length > 0 && isMapping(holder) && Object.keys(holder).length === 1;
  return isLast ? emptiedBy(before, above) : path;
}

/** A value with another one at a path; null takes it out. */
export function withValue(before: Plain, path: Path, value: Plain | null): Plain {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? {};
  if (Array.isArray(before))
    return before.map((one, i) => (i === step ? withValue(one, rest, value) : one));
  const result: { [key: string]: Plain } = isMapping(before) ? { ...before } : {};
  if (rest.length === 0 && value === null) delete result[step];
  else result[step] = withValue(result[step] ?? {}, rest, value);
  return result;
}

function spliced(text: string, path: Path, value: Plain | null): string | null {
  let node: unknown = parseYaml(text).contents;
  for (const [i, step] of path.entries()) {
    const rest = path.slice(i + 1);
    if (isSeq(node) && typeof step === 'number') node = node.items[step];
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined)
        return value === null ? null : inserted(text, node, step, rest, value);
      if (rest.length === 0)
        return value === null ? without(text, node, pair) : replaced(text, pair, value);
      node = pair.value;
    } else return null;
  }
  return null;
}

function replaced(text: string, pair: Pair, value: Plain): string | null {
  const key = rangeOf(pair.key);
  if (key === null) return null;
  const own = rangeOf(pair.value);
  if (own === null || own[0] === own[1]) {
    const colon = text.indexOf(':', key[1]) + 1;
    return colon === 0 ? null : splice(text, colon, colon, ` ${flowText(value)}`);
  }
  const [from, end] = own;
  const wasQuoted = text[from] === '"' || text[from] === "'";
  const written = flowText(value, wasQuoted && typeof value === 'string');
  const isBlock = text[end - 1] === '\n';
  const to = isBlock ? text.slice(0, end).trimEnd().length : end;
  // A comment behind it stays in its column, as far as there is room.
  const room = /^ +(?=#)/.exec(text.slice(to))?.[0].length ?? 0;
  const blanks = room === 0 ? 0 : Math.max(1, room + (to - from) - written.length);
  return splice(text, from, to + room, written + ' '.repeat(blanks));
}

function inserted(
  text: string,
  map: YAMLMap,
  key: string | number,
  rest: Path,
  value: Plain,
): string | null {
  const inner = rest.reduceRight<Plain>((under, step) => ({ [step]: under }), value);
  const entry = `${flowText(String(key))}: ${flowText(inner)}`;
  const last = map.items.at(-1);
  const own = rangeOf(map);
  if (own === null) return null;
  if (last === undefined) return splice(text, own[0], own[1], `{ ${entry} }`);
  const end = pairRange(last)?.[1];
  if (end === undefined) return null;
  if (map.flow === true) return splice(text, end, end, `, ${entry}`);
  const eol = eolOf(text);
  const ended = text.endsWith('\n') ? text : text + eol;
  const at = lineEnd(ended, end);
  const indent = ' '.repeat(own[0] - lineStart(ended, own[0]));
  return splice(ended, at, at, `${indent}${entry}${eol}`);
}

function without(text: string, map: YAMLMap, pair: Pair): string | null {
  if (map.flow === true)
    return cutFrom(
      text,
      map.items.map(pairRange),
      map.items.findIndex((one) => one === pair),
    );
  const own = pairRange(pair);
  if (own === null) return null;
  const from = lineStart(text, own[0]);
  const isAlone = text.slice(from, own[0]).trim() === '';
  return isAlone ? splice(text, from, lineEnd(text, own[1]), '') : null;
}
