import type { PolicyProblem } from '../errors.js';
import type { Millis } from '../facts.js';
import type { Path } from './keys.js';
import { lintsOf } from './lint.js';
import type { LintCode } from './lint-codes.js';
import { parseWithPlaces, written } from './parse.js';
import type { Source } from './source.js';
import type { Policy } from './types.js';
import type { StoodIn } from './written.js';

/** What a valid policy says that is hardly meant. Lines and columns count from 1. */
export interface PolicyLint {
  line: number;
  column: number;
  code: LintCode;
  /** Where in the document, e.g. `keep[0].match`. */
  path: string;
  /** The rule that makes this one pointless. */
  rule: string | null;
  /** What was probably meant. */
  suggestion: string | null;
}

export type CheckedPolicy =
  | { policy: Policy; stoodIn: StoodIn[]; lints: PolicyLint[]; source: Source }
  | { problems: PolicyProblem[] };

/**
 * Reads a policy text as `parsePolicy` does, and tells what in it is hardly meant as well, and the way
 * back from a value to its place.
 */
export function checkPolicy(text: string, now: Millis): CheckedPolicy {
  const read = parseWithPlaces(text);
  if ('problems' in read) return read;
  const { policy, stoodIn, source } = read;
  // One text of a list that may also be written as a text of its own.
  const asWritten = (path: Path): Path =>
    source.valueAt(path) === undefined ? path.slice(0, -1) : path;
  const lints = lintsOf(policy, now).map(({ at, ...lint }): PolicyLint => {
    const path = asWritten(at);
    return { ...source.placeOf(path, 'value'), path: written(path), ...lint };
  });
  lints.sort((a, b) => a.line - b.line || a.column - b.column);
  return { policy, stoodIn, lints, source };
}
