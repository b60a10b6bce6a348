import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ErrorCode,
  type Node,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import type { PolicyProblem } from '../errors.js';
import type { Path } from './keys.js';
import type { Expected } from './problems.js';

/** Bytes of a policy text (DESIGN §6). */
export const mostBytes = 256_000;
const mostAliases = 20;

/** Where something stands in a text; both count from 1. */
interface Place {
  line: number;
  column: number;
}

/** A policy text read as YAML, with a way from a path in its value back to the text. */
export interface Source {
  value: unknown;
  /** The value at a path; undefined where there is none. */
  valueAt(path: Path): unknown;
  /** Where the value at a path stands, or with `key` the key that it stands under. */
  placeOf(path: Path, part: 'key' | 'value'): Place;
}

/** YAML 1.2 core with nothing that could surprise: a key twice, tags and merge keys are no part. */
export function parseYaml(text: string, lines: LineCounter = new LineCounter()): Document {
  return parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: true,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  });
}

/** What the text would have to be where YAML stumbled, as far as its code tells. */
const expectedBy: Partial<Record<ErrorCode, Expected>> = {
  TAB_AS_INDENT: 'no-tabs',
  BAD_INDENT: 'same-indent',
  MULTIPLE_DOCS: 'one-document',
  MISSING_CHAR: 'closed',
};

function problemOf(
  { code, pos }: YAMLParseError | YAMLWarning,
  text: string,
  place: (offset: number) => Place,
): PolicyProblem {
  const at = place(pos[0]);
  if (code === 'DUPLICATE_KEY') {
    const found = /^("[^"]*"|'[^']*'|[^\s:,]*)/.exec(text.slice(pos[0]))?.[0] ?? '';
    const expected: Expected = 'unique-key';
    return { ...at, code: 'duplicate-key', path: '', found, expected, suggestion: null };
  }
  const line = (text.split('\n')[at.line - 1] ?? '').trim();
  const found = line === '' ? 'nothing' : excerpt(line);
  const expected = line === '' ? 'closed' : (expectedBy[code] ?? 'yaml');
  return { ...at, code: 'syntax', path: '', found, expected, suggestion: null };
}

/** What some editors write before a text; it is no part of it. */
export const byteOrderMark = '\uFEFF';
/** What a decoder writes for bytes that are no UTF-8. */
const replaced = '\uFFFD';

/**
 * Reads a policy text as YAML (DESIGN §6: at most 256 kB and 20 aliases, no key twice). A text that
 * was not UTF-8 is none: an edit would write back what a decoder put in place of the bytes.
 */
export function readSource(given: string): Source | { problems: PolicyProblem[] } {
  const bytes = new TextEncoder().encode(given).length;
  if (bytes > mostBytes)
    return { problems: [whole('too-large', `${Math.ceil(bytes / 1_000)} kB`, '256 kB')] };
  const text = given.startsWith(byteOrderMark) ? given.slice(1) : given;
  const broken = brokenAt(text);
  if (broken !== null) return { problems: [broken] };
  const lines = new LineCounter();
  const document = parseYaml(text, lines);
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map((error) =>
    problemOf(error, text, place),
  );
  if (problems.length > 0) return { problems };
  const aliases = aliasProblems(document, place);
  if (aliases.length > 0) return { problems: aliases };
  const value = document.toJS({ maxAliasCount: -1 }) as unknown;
  return {
    value,
    valueAt: (path) => valueAt(value, path),
    placeOf: (path, part) => place(offsetOf(document, path, part)),
  };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

function brokenAt(text: string): PolicyProblem | null {
  const offset = text.indexOf(replaced);
  if (offset < 0) return null;
  const before = text.slice(0, offset).split('\n');
  const at = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const found = excerpt((text.split('\n')[at.line - 1] ?? '').trim());
  return { ...at, code: 'syntax', path: '', found, expected: 'utf-8', suggestion: null };
}

/** A short piece of a text, quoted. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function whole(code: PolicyProblem['code'], found: string, expected: Expected): PolicyProblem {
  return { line: 1, column: 1, code, path: '', found, expected, suggestion: null };
}

function aliasProblems(document: Document, place: (offset: number) => Place): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  let aliases = 0;
  visit(document, {
    Alias(_, alias, above) {
      aliases += 1;
      const target = alias.resolve(document);
      if (target !== undefined && !above.includes(target)) return;
      const at = place(alias.range?.[0] ?? 0);
      const found = excerpt(`*${alias.source}`);
      // Most often a pattern that begins with `*`.
      problems.push({
        ...at,
        code: 'syntax',
        path: '',
        found,
        expected: 'quotes',
        suggestion: `"*${alias.source}"`,
      });
    },
  });
  if (aliases > mostAliases) return [whole('too-many-aliases', String(aliases), '20')];
  return problems;
}

/** Follows a path as far as it leads: what is missing is placed at what should hold it. */
function offsetOf(document: Document, path: Path, part: 'key' | 'value'): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [i, step] of path.entries()) {
    const here = isAlias(node) ? node.resolve(document) : node;
    if (isMap(here)) {
      const pair = here.items.find(
        ({ key }) => String(isScalar(key) ? key.value : key) === String(step),
      );
      if (pair === undefined) return offset;
      const key = isNode(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      node = isNode(pair.value) ? pair.value : null;
      const asKey = part === 'key' && i === path.length - 1;
      const [start, end] = node?.range ?? [key, key];
      offset = asKey || start === end ? key : start;
    } else if (isSeq(here) && typeof step === 'number') {
      const item: unknown = here.items[step];
      if (!isNode(item)) return offset;
      node = item;
      offset = item.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
