import type { PolicyProblem } from '../../domain/errors.js';
import type { Expected } from '../../domain/policy/problems.js';

type Fixed = Exclude<Expected, `one-of ${string}`>;

const expectedWords: Record<Fixed, string> = {
  yaml: 'YAML 1.2',
  mapping: 'keys with values',
  list: 'a list',
  'filled-list': 'a list with at least one entry',
  'short-list': 'a list of at most 1000 entries',
  text: 'a text',
  'text-or-list': 'a text or a list of texts',
  'short-text': 'a text of at most 1000 characters',
  'quoted-text': 'a text in quotes, such as "true"',
  'true-or-false': 'true or false',
  'whole-number': 'a whole number, 0 or more',
  count: 'a whole number, 1 or more',
  duration: 'a duration such as 30d, 24h or 250ms',
  size: 'a size such as 10GB or 500MiB',
  percent: 'a percentage such as 85%',
  date: 'a date such as 2027-01-31',
  pattern: 'a pattern such as "myorg/*" or "postgres:16"',
  'rule-id': 'a name of letters, digits, ".", "_" and "-", at most 64',
  'unique-id': 'a name that no other rule of the list has',
  condition: 'a condition such as match, untagged or labels',
  'unique-key': 'each key once',
  'later-version': 'a key of this version',
  '256 kB': '256 kB',
  '20': '20',
};

const expected = (code: string): string => {
  if (code.startsWith('one-of ')) {
    const words = code.slice('one-of '.length);
    return words.includes(', ') ? `one of ${words}` : words;
  }
  return Object.hasOwn(expectedWords, code) ? expectedWords[code as Fixed] : code;
};

const found = (text: string): string =>
  ({ nothing: 'empty', list: 'a list', mapping: 'a mapping' })[text] ?? text;

const meant = ({ suggestion }: PolicyProblem) =>
  suggestion === null ? '' : ` "${suggestion}" was probably meant.`;

/** The sentence of one problem, without its place in the file. */
export function policyProblem(p: PolicyProblem): string {
  const at = p.path === '' ? 'The policy' : p.path;
  switch (p.code) {
    case 'syntax':
      return `This cannot be read as ${expected(p.expected)}: ${p.found}.`;
    case 'unknown-key':
      return `The key "${p.found}" is not known here; expected ${expected(p.expected)}.${meant(p)}`;
    case 'wrong-type':
    case 'bad-value':
      return `${at} is ${found(p.found)}, but must be ${expected(p.expected)}.${meant(p)}`;
    case 'missing':
      return `${p.path === '' ? 'Something' : p.path} is missing here; expected ${expected(p.expected)}.`;
    case 'not-yet':
      return `${at} is not yet supported by this version of Careen; take it out or make it a comment.`;
    case 'duplicate-key':
      return `The key "${p.found}" is written twice; keep one of the two.`;
    case 'too-large':
      return `The file has ${p.found}, but may have at most ${expected(p.expected)}.`;
    case 'too-many-aliases':
      return `The file has ${p.found} aliases, but may have at most ${expected(p.expected)}.`;
  }
}

/** `FILE:LINE:COLUMN: sentence`, one a line (JUDGING §3). */
export function policyLines(file: string, problems: readonly PolicyProblem[]): string {
  return problems.map((p) => `${file}:${p.line}:${p.column}: ${policyProblem(p)}`).join('\n');
}
