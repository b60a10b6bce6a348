import { isCareenError } from '../../errors.js';
import { normalise, parseReference } from '../../reference.js';
import { isByNamesAlone } from '../match.js';
import { parsePolicy } from '../parse.js';
import { isImageId } from '../pattern.js';
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

/** An entry that stands in the list, or will; `place`: where it does now. */
interface Standing extends Pick<ProtectEntry, 'until' | 'note'> {
  place: number | null;
  names: ReadonlySet<string>;
  /** How many names it is written with. */
  written: number;
}

/**
 * Adds entries to a policy's `protect` list, however many in one go; everything else in the text
 * stays as it is written. What an entry says already is not said again. The text must be a valid
 * policy.
 */
export function addProtects(text: string, entries: readonly ProtectEntry[]): ProtectEdit {
  const byName = new Map<string, Set<Standing>>();
  const stands = (one: Standing) => {
    for (const name of one.names) byName.set(name, (byName.get(name) ?? new Set()).add(one));
  };
  for (const [place, rule] of protectRules(text).entries()) {
    const { match, until, note } = rule;
    if (match !== null && isByNamesAlone(rule))
      stands({ place, until, note, names: new Set(match.map(canonical)), written: match.length });
  }
  const gone: number[] = [];
  const added = new Map<Standing, ProtectEntry>();
  const changed = entries.map((entry) => {
    const { match, until, note } = entry;
    const names = new Set(match.map(canonical));
    const [first = ''] = names;
    const covering = [...(byName.get(first) ?? [])].filter((one) =>
      [...names].every((name) => one.names.has(name)),
    );
    if (covering.some((one) => one.until === until && (note === null || one.note === note)))
      return false;
    const same = covering.find((one) => one.written === names.size);
    if (same) {
      for (const name of same.names) byName.get(name)?.delete(same);
      added.delete(same);
      if (same.place !== null) gone.push(same.place);
    }
    const one = { place: null, until, note, names, written: match.length };
    stands(one);
    added.set(one, entry);
    return true;
  });
  const base = gone.length === 0 ? text : withoutEntries(text, ['protect'], gone);
  const news = [...added.values()];
  return {
    text:
      news.length === 0 ? base : withEntries(base, 'protect', news.map(plain), news.map(written)),
    changed,
  };
}

/**
 * Takes out of `protect` what names exactly these references or image IDs, however many in one go:
 * an entry that a toggle wrote (names and the one ID of their image) goes whole, from any other list
 * only the names go. Entries that also select by something else stay.
 *
 * @param matches for each wish the names it is about
 */
export function removeProtects(text: string, matches: readonly (readonly string[])[]): ProtectEdit {
  const wishes = matches.map((match) => new Set(match.map(canonical)));
  const byName = new Map<string, number[]>();
  for (const [wish, names] of wishes.entries())
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), wish]);
  const changed = matches.map(() => false);
  const gone: number[] = [];
  let result = text;
  for (const [place, rule] of protectRules(text).entries()) {
    if (rule.match === null || !isByNamesAlone(rule)) continue;
    const names = rule.match.map((name) => ({ name, is: canonical(name) }));
    let rest = names;
    for (const wish of new Set(names.flatMap(({ is }) => byName.get(is) ?? []).sort(byNumber))) {
      const left = rest.filter(({ is }) => !wishes[wish]?.has(is));
      if (left.length === rest.length) continue;
      changed[wish] = true;
      const toggled = rest.filter(({ is }) => isImageId(is)).length === 1;
      rest = toggled ? [] : left;
    }
    if (rest.length === names.length) continue;
    if (rest.length === 0) gone.push(place);
    else
      result = setValue(
        result,
        ['protect', place, 'match'],
        rest.map(({ name }) => name),
      );
  }
  if (gone.length > 0) result = withoutEntries(result, ['protect'], gone);
  return { text: result, changed };
}

const byNumber = (a: number, b: number) => a - b;

function protectRules(text: string): ProtectRule[] {
  const parsed = parsePolicy(text);
  return 'policy' in parsed ? parsed.policy.protect : [];
}

/** One spelling for one reference; patterns and IDs as they are. */
function canonical(name: string): string {
  if (isImageId(name)) return name;
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
