import { parseNamePattern } from './container-name.js';
import { holdsFor, matchesAll } from './covers.js';
import { shortestUsualCheck } from './parts.js';
import type { FoundLint, LintCode } from './lint-codes.js';
import type { Path } from './keys.js';
import { neverMatches } from './never.js';
import type { UpdateEntry, UpdatePolicy, UpdateRules } from './types.js';

/** What the `update` section says that is no error and hardly meant. */
export function lintsOfUpdate({ check, default: rules, containers }: UpdatePolicy): FoundLint[] {
  const lints: FoundLint[] = [];
  const add = (code: LintCode, at: Path, more: Partial<FoundLint> = {}) =>
    lints.push({ code, at, rule: null, suggestion: null, ...more });
  const settles = ({ settle, proveWithin }: UpdateRules) => settle <= proveWithin;

  if (check.every < shortestUsualCheck) add('checks-often', ['update', 'check', 'every']);
  if (!settles(rules)) add('never-settles', ['update', 'default', 'settle']);
  containers.forEach((entry, i) => {
    const at = ['update', 'containers', i];
    const { settle, proveWithin } = entry.rules;
    if ((settle ?? proveWithin) !== undefined && !settles({ ...rules, ...entry.rules }))
      add('never-settles', [...at, settle === undefined ? 'proveWithin' : 'settle']);
    entry.match?.forEach((text, j) => {
      const meant = nameMeant(text);
      if (meant !== null)
        add('never-matches-container', [...at, 'match', j], { suggestion: meant.name });
    });
    entry.image?.forEach((text, j) => {
      const wrong = neverMatches(text);
      if (wrong !== null) add('never-matches', [...at, 'image', j], { suggestion: wrong.meant });
    });
    const first = containers.slice(0, i).find((other) => comesFirst(other, entry));
    if (first !== undefined) add('entry-shadowed', at, { rule: first.id });
  });
  return lints;
}

/** The names that engines give: moby's `daemon/names/names.go`; a leading slash is the API's. */
const nameSyntax = /^[A-Za-z0-9*?[][A-Za-z0-9_.*?[\]\\-]*$/;

/** Whether no container can have a name that a glob suits, and the name that was probably meant. */
function nameMeant(text: string): { name: string | null } | null {
  if (nameSyntax.test(text)) return null;
  const name = text.replace(/^\/+/, '');
  return { name: nameSyntax.test(name) ? name : null };
}

/** Whether an earlier entry takes all that a later one matches. The very name goes before a glob. */
function comesFirst(earlier: UpdateEntry, later: UpdateEntry): boolean {
  const nameOf = (text: string) => parseNamePattern(text)?.name ?? null;
  const takes = (one: string, other: string) => {
    const name = nameOf(other);
    return name === null ? one === other || one === '*' : nameOf(one) === name;
  };
  const isNamed = later.match?.some((text) => nameOf(text) !== null) ?? false;
  return (
    (earlier.match !== null || !isNamed) &&
    holdsFor(earlier.match, later.match, (one, other) =>
      other.every((text) => one.some((wider) => takes(wider, text))),
    ) &&
    holdsFor(earlier.image, later.image, (one, other) =>
      other.every((text) => one.some((wider) => matchesAll(wider, text))),
    )
  );
}
