import { isCareenError } from '../../errors.js';
import { normalise, parseReference } from '../../reference.js';
import { parsePolicy } from '../parse.js';
import type { ProtectRule } from '../types.js';
import { withEntries, withoutEntries } from './entries.js';
import { flowText } from './text.js';
import { setValue } from './value.js';

/** What an edit writes into `protect` (JUDGING §4.2). */
export interface ProtectEntry {
  match: readonly string[];
  until: number | null;
  note: string | null;
}

/** A policy's text after an edit, and which of the wishes changed it, in their order. */
export interface ProtectEdit {
  text: string;
  changed: boolean[];
}

/**
 * Adds entries to a policy's `protect` list, however many in one go; everything else in the text
 * stays as it is written. What an entry says already is not said again. The text must be a valid
 * policy.
 */
export function addProtects(text: string, entries: readonly ProtectEntry[]): ProtectEdit {
  const known = protectRules(text).map((rule) => ({ ...rule, names: namesOf(rule) }));
  const replaced = new Set<number>();
  const added: (ProtectEntry & { names: Set<string> })[] = [];
  const changed = entries.map((entry) => {
    const names = new Set(entry.match.map(canonical));
    const covers = (own: ReadonlySet<string> | null) =>
      own !== null && [...names].every((name) => own.has(name));
    const says = (other: Pick<ProtectEntry, 'until' | 'note'>) =>
      other.until === entry.until && (entry.note === null || other.note === entry.note);
    const standing = known.filter((_, index) => !replaced.has(index));
    if ([...standing, ...added].some((rule) => covers(rule.names) && says(rule))) return false;
    const place = known.findIndex(
      (rule, index) =>
        !replaced.has(index) && covers(rule.names) && rule.match?.length === names.size,
    );
    if (place >= 0) replaced.add(place);
    const twice = added.findIndex((one) => covers(one.names) && one.match.length === names.size);
    if (twice >= 0) added.splice(twice, 1);
    added.push({ ...entry, names });
    return true;
  });
  const base = replaced.size === 0 ? text : withoutEntries(text, ['protect'], [...replaced]);
  return {
    text:
      added.length === 0
        ? base
        : withEntries(base, 'protect', added.map(plain), added.map(written)),
    changed,
  };
}

/**
 * Takes out of `protect` what names exactly these references or image IDs, however many in one go:
 * an entry that a toggle wrote (names and the one ID of their image) goes whole, from any other list only the
 * names go. Entries that also select by something else stay.
 *
 * @param matches for each wish the names it is about
 */
export function removeProtects(text: string, matches: readonly (readonly string[])[]): ProtectEdit {
  const asked = matches.map((match) => new Set(match.map(canonical)));
  const changed = matches.map(() => false);
  const gone: number[] = [];
  const shorter: [number, string[]][] = [];
  for (const [index, rule] of protectRules(text).entries()) {
    const names = plainNames(rule);
    if (names === null) continue;
    let rest = names;
    for (const [wish, set] of asked.entries()) {
      const left = rest.filter((name) => !set.has(canonical(name)));
      if (left.length === rest.length) continue;
      changed[wish] = true;
      const toggled = rest.filter((name) => imageId.test(name)).length === 1;
      rest = toggled ? [] : left;
    }
    if (rest.length === names.length) continue;
    if (rest.length === 0) gone.push(index);
    else shorter.push([index, rest]);
  }
  let result = text;
  for (const [index, rest] of shorter) result = setValue(result, ['protect', index, 'match'], rest);
  if (gone.length > 0) result = withoutEntries(result, ['protect'], gone);
  return { text: result, changed };
}

const imageId = /^sha256:[0-9a-f]{64}$/;

function protectRules(text: string): ProtectRule[] {
  const parsed = parsePolicy(text);
  return 'policy' in parsed ? parsed.policy.protect : [];
}

/** The names of an entry that selects by nothing else, as they are written. */
function plainNames(rule: ProtectRule): string[] | null {
  const { labels, platform, origin, largerThan, untagged, project } = rule;
  const more = [labels, platform, origin, largerThan, untagged, project].some(
    (key) => key !== null,
  );
  return more ? null : rule.match;
}

const namesOf = (rule: ProtectRule): ReadonlySet<string> | null => {
  const names = plainNames(rule);
  return names && new Set(names.map(canonical));
};

/** One spelling for one reference; patterns and IDs as they are. */
function canonical(name: string): string {
  if (imageId.test(name)) return name;
  try {
    return normalise(parseReference(name));
  } catch (e) {
    if (isCareenError(e, 'reference-invalid')) return name;
    throw e;
  }
}

function plain({ match, until, note }: ProtectEntry) {
  const [only] = match;
  return {
    match: match.length === 1 && only !== undefined ? only : [...match],
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
    ...(note === null ? {} : { note }),
  };
}

function written(entry: ProtectEntry): string {
  const { match, until, note } = plain(entry);
  return [
    `{ match: ${flowText(match, true)}`,
    ...(until === undefined ? [] : [`until: ${until}`]),
    ...(note === undefined ? [] : [`note: ${flowText(note, true)}`]),
  ]
    .join(', ')
    .concat(' }');
}
