import type { z } from 'zod';
import type { PolicyProblem } from '../errors.js';
import { keysAt, type Path } from './keys.js';
import { isExpected, nearest, type Expected } from './problems.js';
import { policySchema, type WrittenPolicy } from './schema.js';
import { excerpt, readSource, type Source } from './source.js';
import type { Policy } from './types.js';
import { suggested } from './suggest.js';
import { withDefaults, type StoodIn } from './written.js';

type Issue = z.core.$ZodIssue;

/** A policy, and which keys it left to their defaults (JUDGING §3); or all that is wrong with it. */
export type ParsedPolicy = { policy: Policy; stoodIn: StoodIn[] } | { problems: PolicyProblem[] };

/** Reads a policy text, version 1. Problems are ordered by place; lines and columns from 1. */
export function parsePolicy(text: string): ParsedPolicy {
  const read = parseWithPlaces(text);
  return 'problems' in read ? read : { policy: read.policy, stoodIn: read.stoodIn };
}

/** The same, with the way back from a value to its place in the text. */
export function parseWithPlaces(
  text: string,
): { policy: Policy; stoodIn: StoodIn[]; source: Source } | { problems: PolicyProblem[] } {
  const source = readSource(text);
  if ('problems' in source) return source;
  const parsed = policySchema.safeParse(source.value ?? {});
  const problems = parsed.success
    ? repeatedIds(parsed.data, source)
    : parsed.error.issues.flatMap((issue) => problemsOf(issue, [], source));
  if (!parsed.success || problems.length > 0) return { problems: inOrder(problems) };
  return { ...withDefaults(parsed.data), source };
}

/** Where something stands in a document, as in `keep[0].usedWithin`. */
export function written(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
    '',
  );
}

/** Scalars as they would be written; what has parts by its kind. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'mapping';
  return typeof value === 'string' ? excerpt(value) : JSON.stringify(value);
}

function problem(
  source: Source,
  path: Path,
  code: PolicyProblem['code'],
  expected: Expected,
  more: { part?: 'key' | 'value'; found?: string; suggestion?: string | null } = {},
): PolicyProblem {
  const value = source.valueAt(path);
  return {
    ...source.placeOf(path, more.part ?? 'value'),
    code,
    path: written(path),
    found: more.found ?? shown(value),
    expected,
    suggestion: more.suggestion ?? suggested(expected, value),
  };
}

function problemsOf(issue: Issue, above: Path, source: Source): PolicyProblem[] {
  const path = [...above, ...(issue.path as Path)];
  const value = source.valueAt(path);
  const expected: Expected = isExpected(issue.message) ? issue.message : 'text-or-list';
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(policySchema, path);
      return issue.keys.map((key) =>
        problem(source, [...path, key], 'unknown-key', `one-of ${known.join(', ')}`, {
          part: 'key',
          found: key,
          suggestion: nearest(key, known),
        }),
      );
    }
    case 'invalid_union':
      return unionProblems(issue, path, source);
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const code = value === undefined ? 'missing' : 'bad-value';
      const suggestion = typeof value === 'string' ? nearest(value, allowed) : null;
      return [problem(source, path, code, `one-of ${allowed.join(', ')}`, { suggestion })];
    }
    case 'invalid_type':
      return [problem(source, path, value === undefined ? 'missing' : 'wrong-type', expected)];
    case 'custom':
      return [problem(source, path, lacks.has(expected) ? 'missing' : 'bad-value', expected)];
    default:
      return [problem(source, path, 'bad-value', expected)];
  }
}

/** What is told of a mapping that says too little, and not of a value. */
const lacks: ReadonlySet<string> = new Set<Expected>(['condition', 'container', 'tag-expression']);

/** Of the forms in which a value may be written, tells what is wrong with the one that was tried. */
function unionProblems(
  issue: Issue & { code: 'invalid_union' },
  path: Path,
  source: Source,
): PolicyProblem[] {
  const value = source.valueAt(path);
  const otherwise: Expected = isExpected(issue.message) ? issue.message : 'text-or-list';
  const isOther = ({ path: inside, code }: Issue) =>
    inside.length === 0 &&
    (code === 'invalid_type' ||
      (code === 'invalid_value' && typeof value === 'object' && value !== null));
  const ofKind = issue.errors.filter((way) => !way.some(isOther));
  const [only] = ofKind;
  if (only === undefined) {
    const wanted = new Set(issue.errors.map((way) => way[0]?.message));
    const expected: Expected = wanted.size === 1 && wanted.has('mapping') ? 'mapping' : otherwise;
    return [problem(source, path, 'wrong-type', expected)];
  }
  if (ofKind.length === 1) return only.flatMap((one) => problemsOf(one, path, source));
  const known = keysAt(policySchema, path);
  const foreign = ofKind.map(unknownKeys);
  const least = Math.min(...foreign.map((keys) => keys.length));
  const nearestForms = foreign.filter((keys) => keys.length === least);
  const isMixed = nearestForms.some((keys) => keys.some((key) => known.includes(key)));
  if (isMixed || (least === 0 && nearestForms.length > 1))
    return [problem(source, path, 'bad-value', otherwise)];
  const tried = ofKind[foreign.findIndex((keys) => keys.length === least)] ?? only;
  return tried.flatMap((one) => problemsOf(one, path, source));
}

const unknownKeys = (way: Issue[]): string[] =>
  way.flatMap((one) => (one.code === 'unrecognized_keys' ? one.keys : []));

function repeatedIds(policy: WrittenPolicy, source: Source): PolicyProblem[] {
  return (['protect', 'keep', 'remove'] as const).flatMap((list) => {
    const seen = new Set<string>();
    return (policy[list] ?? []).flatMap(({ id }, i) => {
      if (id === undefined || !seen.has(id)) {
        if (id !== undefined) seen.add(id);
        return [];
      }
      return [problem(source, [list, i, 'id'], 'bad-value', 'unique-id')];
    });
  });
}

/** In the order of the text. A rule that is otherwise wrong is not also told to say nothing. */
function inOrder(problems: PolicyProblem[]): PolicyProblem[] {
  return problems
    .filter(
      (one) =>
        !lacks.has(one.expected) ||
        !problems.some((other) => other.path.startsWith(`${one.path}.`)),
    )
    .sort((a, b) => a.line - b.line || a.column - b.column || (a.path < b.path ? -1 : 1));
}
