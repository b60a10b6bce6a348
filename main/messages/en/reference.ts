import type { ReferenceProblem } from '../../domain/reference.js';

const problems: Record<ReferenceProblem, string> = {
  empty: 'it is empty',
  uppercase: 'a repository is written in lower case',
  domain: 'the registry before the first "/" is no host name',
  path: 'the name has characters that are not allowed',
  tag: 'the tag has characters that are not allowed, or over 128',
  digest: 'the digest is not whole',
  'too-long': 'the name has over 255 characters',
  'looks-like-id': 'it looks like an ID; write sha256: before it',
};

/** What is wrong with a text that is no reference, to stand in brackets. */
export function referenceProblem(code: string): string {
  return Object.hasOwn(problems, code) ? problems[code as ReferenceProblem] : code;
}
