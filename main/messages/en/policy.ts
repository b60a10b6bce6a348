import type { PolicyProblem } from '../../domain/errors.js';
import type { PolicyLint } from '../../domain/policy/check.js';
import type { Expected } from '../../domain/policy/problems.js';

type Fixed = Exclude<Expected, `one-of ${string}`>;

const expectedWords: Record<Fixed, string> = {
  yaml: 'YAML 1.2',
  'utf-8': 'UTF-8',
  'no-tabs': 'blanks instead of tabs before a key',
  'same-indent': 'the same indentation for all keys of a mapping',
  'one-document': 'a single document',
  closed: 'the bracket or quote that is still open to be closed',
  quotes: 'quotes around a text that begins with "*"',
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
  date: 'a date such as 2027-01-31, or a moment with its zone such as 2027-01-31T18:00:00Z',
  schedule: 'a cron expression of five fields such as "0 12 * * *", or @daily',
  pattern:
    'a pattern such as "myorg/*" or "postgres:16", without blanks and with at most three wildcards in a part',
  'name-pattern':
    'a container name such as "web" or "web-*", without blanks and with at most three wildcards',
  expression:
    'a regular expression of at most 512 characters, without look-around and back-references',
  transform: 'a regular expression and what it becomes, such as "^v?(\\d+)_(\\d+)$ => $1.$2"',
  'http-address': 'an address such as "http://127.0.0.1:8080/health", without a user name',
  'http-status': 'an HTTP status from 100 to 599',
  'host-and-port': 'a host and port such as "127.0.0.1:5432"',
  'a-second': 'a duration of at least 1s',
  container: 'match or image, which say of which containers it speaks',
  'tag-expression': 'include, exclude or transform',
  tags: 'one of same, patch, minor, major, or keys such as include',
  'one-probe': 'either http, or tcp',
  'rule-id': 'a name of letters, digits, ".", "_" and "-", at most 64',
  'unique-id': 'a name that no other rule of the list has',
  condition: 'a condition such as match, untagged or labels',
  'one-form': 'either high and low, or free and to',
  'below-high': 'less than high',
  'above-free': 'more than free',
  'below-max': 'less than max',
  'unique-key': 'each key once',
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
  suggestion === null
    ? ''
    : ` ${suggestion.startsWith('"') ? suggestion : `"${suggestion}"`} was probably meant.`;

function unreadable(p: PolicyProblem): string {
  const standard = p.expected === 'utf-8' ? 'UTF-8' : 'YAML 1.2';
  const what = p.found === 'nothing' ? 'it ends too early' : p.found;
  const more = ['yaml', 'utf-8'].includes(p.expected) ? '' : `; expected ${expected(p.expected)}`;
  return `This cannot be read as ${standard}: ${what}${more}.${meant(p)}`;
}

/** The sentence of one problem, without its place in the file. */
export function policyProblem(p: PolicyProblem): string {
  const at = p.path === '' ? 'The policy' : p.path;
  switch (p.code) {
    case 'syntax':
      return unreadable(p);
    case 'unknown-key':
      return `The key "${p.found}" is not known here; expected ${expected(p.expected)}.${meant(p)}`;
    case 'wrong-type':
    case 'bad-value':
      return `${at} is ${found(p.found)}, but must be ${expected(p.expected)}.${meant(p)}`;
    case 'missing':
      if (p.expected === 'condition')
        return `${at} says nothing; expected ${expected(p.expected)}.`;
      if (p.expected === 'container' || p.expected === 'tag-expression')
        return `${at} needs ${expected(p.expected)}.`;
      return `${p.path === '' ? 'Something' : p.path} is missing here; expected ${expected(p.expected)}.`;
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

/** The sentence of what a valid policy says that is hardly meant, without its place in the file. */
export function policyLint({ code, path, rule, suggestion }: PolicyLint): string {
  switch (code) {
    case 'rule-pointless':
      return `${path} changes nothing: rule "${rule}" does all that it does.`;
    case 'keeps-everything':
      return `${path} holds every image, so no remove rule ever takes one; give it a condition.`;
    case 'never-removes':
      return `${path} never removes anything: rule "${rule}" keeps all that it selects.`;
    case 'auto-without-trigger':
      return 'The mode is auto, but no trigger ever starts a clean-up; write one under triggers.';
    case 'until-past':
      return `${path} has passed, so the entry protects nothing any more.`;
    case 'never-matches':
      return `${path} can match no image.${suggestion === null ? '' : ` "${suggestion}" was probably meant.`}`;
    case 'schedule-never':
      return `${path} names a day that never comes.`;
    case 'mode-no-effect':
      return `${path} allows more than the policy's own mode, which a rule can only make stricter.`;
    case 'never-matches-container':
      return `${path} can match no container.${suggestion === null ? '' : ` "${suggestion}" was probably meant.`}`;
    case 'entry-shadowed':
      return `${path} never applies: ${rule} comes first and matches every container that it does.`;
    case 'never-settles':
      return `${path} ${path.endsWith('.settle') ? 'is longer than proveWithin' : 'is less than settle'}, so a container without a health check is never proven in time.`;
    case 'checks-often':
      return `${path} is so short that registries may refuse to answer; an hour or more is usual.`;
  }
}
