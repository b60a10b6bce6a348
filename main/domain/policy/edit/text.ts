import { isMap, isScalar, isSeq, visit, type Document, type Node, type Pair } from 'yaml';
import type { Path } from '../keys.js';
import { byteOrderMark, parseYaml } from '../source.js';

/** A value as a policy file writes it: a duration is a text here. */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

/** The value of a text, without its looks; an empty text is an empty mapping. */
export function plainOf(text: string): Plain {
  return (parseYaml(text).toJS({ maxAliasCount: -1 }) as Plain | null) ?? {};
}

export function isMapping(value: Plain | undefined): value is { [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(value: Plain, path: Path): Plain | undefined {
  return path.reduce<Plain | undefined>((at, step) => {
    if (typeof at !== 'object' || !Object.hasOwn(at, step)) return undefined;
    return (at as Record<string | number, Plain>)[step];
  }, value);
}

export const same = (one: Plain, other: Plain) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Edits a text so that it says what is wanted: by a splice, which leaves all other lines as they
 * are, where that is enough; else by writing the document anew, comments kept and aliases resolved,
 * since a change at an anchor would be one in several places. A byte order mark stays.
 */
export function edited(
  text: string,
  wanted: Plain,
  splice: (text: string) => string | null,
  change: (document: Document) => void,
): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const body = text.slice(mark.length);
  const spliced = splice(body);
  if (spliced !== null && says(spliced, wanted)) return mark + spliced;
  const document = parseYaml(body);
  resolveAliases(document);
  change(document);
  const written = document.toString({ lineWidth: 0 });
  return mark + (eolOf(body) === '\n' ? written : written.replaceAll('\n', '\r\n'));
}

function says(text: string, wanted: Plain): boolean {
  const document = parseYaml(text);
  return document.errors.length === 0 && same(plainOf(text), wanted);
}

function resolveAliases(document: Document): void {
  visit(document, {
    Alias: (_, alias) => {
      const copy = alias.resolve(document)?.clone() as Node | undefined;
      const { comment, commentBefore } = alias;
      return copy && Object.assign(copy, { comment, commentBefore });
    },
  });
  visit(document, {
    Collection: (_, node) => {
      delete node.anchor;
    },
    Scalar: (_, node) => {
      delete node.anchor;
    },
  });
}

export const eolOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

export const splice = (text: string, from: number, to: number, by: string) =>
  text.slice(0, from) + by + text.slice(to);

export const lineStart = (text: string, offset: number) => text.lastIndexOf('\n', offset - 1) + 1;

/** The offset behind the last line of what ends at an offset, comment included. */
export function lineEnd(text: string, end: number): number {
  if (text[end - 1] === '\n') return end;
  const next = text.indexOf('\n', end);
  return next < 0 ? text.length : next + 1;
}

/** A comment right above an entry belongs to it. */
export function aboveComments(text: string, start: number): number {
  const above = lineStart(text, start - 1);
  const isComment = start > 0 && /^[ \t]*#/.test(text.slice(above, start));
  return isComment ? aboveComments(text, above) : start;
}

/** Where a node's value begins and ends; without the comment behind it. */
export function rangeOf(node: unknown): [number, number] | null {
  const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : null;
  return range ? [range[0], range[1]] : null;
}

/** Takes one of several parts of a flow collection out, with the comma that it needs no more. */
export function cutFrom(
  text: string,
  ranges: readonly ([number, number] | null)[],
  place: number,
): string | null {
  const [before, own, next] = [ranges[place - 1], ranges[place], ranges[place + 1]];
  if (!own) return null;
  if (next) return splice(text, own[0], next[0], '');
  return before ? splice(text, before[1], own[1], '') : null;
}

/** Where a key with its value begins and ends. */
export function pairRange({ key, value }: Pair): [number, number] | null {
  const own = rangeOf(key);
  return own && [own[0], Math.max(own[1], rangeOf(value)?.[1] ?? 0)];
}

/** A value in one line. A text stands without quotes where YAML reads it as the same text. */
export function flowText(value: Plain, quoted = false): string {
  if (Array.isArray(value)) return `[${value.map((one) => flowText(one, quoted)).join(', ')}]`;
  if (isMapping(value)) {
    const pairs = Object.entries(value).map(
      ([key, one]) => `${flowText(key)}: ${flowText(one, key === 'match')}`,
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  const isSafe = !quoted && /^\w[\w./%+-]*$/.test(value) && parseYaml(value).toJS() === value;
  return isSafe ? value : JSON.stringify(value);
}

/** One top-level key of a text with its value, as it stands there; empty where there is none. */
export function sectionOf(text: string, key: string): string {
  const body = text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
  const { contents } = parseYaml(body);
  const pair = isMap(contents)
    ? contents.items.find((one) => isScalar(one.key) && one.key.value === key)
    : undefined;
  const range = pair === undefined ? null : pairRange(pair);
  return range === null ? '' : `${body.slice(...range).trimEnd()}\n`;
}
