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
  type Node,
} from 'yaml';
import type { PolicyProblem } from '../errors.js';
import type { Path } from './later.js';

const mostBytes = 256_000;
const mostAliases = 20;

/** Where something stands in a text; both count from 1. */
interface Place {
  line: number;
  column: number;
}

/** A policy text read as YAML, with a way from a path in its value back to the text. */
export interface Source {
  value: unknown;
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

/** Reads a policy text as YAML (DESIGN §6: at most 256 kB and 20 aliases, no key twice). */
export function readSource(text: string): Source | { problems: PolicyProblem[] } {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > mostBytes)
    return { problems: [whole('too-large', `${Math.ceil(bytes / 1_000)} kB`, '256 kB')] };
  const lines = new LineCounter();
  const document = parseYaml(text, lines);
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map((error): PolicyProblem => {
    const at = place(error.pos[0]);
    const twice = error.code === 'DUPLICATE_KEY';
    const line = (text.split('\n')[at.line - 1] ?? '').trim();
    return {
      ...at,
      code: twice ? 'duplicate-key' : 'syntax',
      path: '',
      found: twice
        ? (/^[^\s:]*/.exec(line.replace(/^- /, ''))?.[0] ?? '')
        : line === ''
          ? 'nothing'
          : excerpt(line),
      expected: twice ? 'unique-key' : 'yaml',
      suggestion: null,
    };
  });
  if (problems.length > 0) return { problems };
  const aliases = aliasProblems(document, place);
  if (aliases.length > 0) return { problems: aliases };
  return {
    value: document.toJS({ maxAliasCount: -1 }) as unknown,
    placeOf: (path, part) => place(offsetOf(document, path, part)),
  };
}

/** A short piece of a text, quoted. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function whole(code: PolicyProblem['code'], found: string, expected: string): PolicyProblem {
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
      problems.push({ ...at, code: 'syntax', path: '', found, expected: 'yaml', suggestion: null });
    },
  });
  if (aliases > mostAliases)
    return [whole('too-many-aliases', String(aliases), String(mostAliases))];
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
