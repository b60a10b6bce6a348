import { isCareenError } from '../../errors.js';
import { normalise, parseReference } from '../../reference.js';
import { parsePolicy } from '../parse.js';
import type { ProtectRule } from '../types.js';
import { withEntry, withoutEntry } from './entries.js';
import { flowText } from './text.js';
import { setValue } from './value.js';

/** What an edit writes into `protect` (JUDGING §4.2). */
export interface ProtectEntry {
  match: readonly string[];
  until: number | null;
  note: string | null;
}

/**
 * Adds an entry to a policy's `protect` list; everything else in the text stays as it is written.
 * Gives the same text back when an entry says so already. The text must be a valid policy.
 */
export function addProtect(text: string, entry: ProtectEntry): string {
  const rules = protectRules(text);
  const names = new Set(entry.match.map(canonical));
  const covers = (rule: ProtectRule) => {
    const own = new Set(namesOf(rule)?.map(canonical));
    return [...names].every((name) => own.has(name));
  };
  const says = (rule: ProtectRule) =>
    rule.until === entry.until && (entry.note === null || rule.note === entry.note);
  if (rules.some((rule) => covers(rule) && says(rule))) return text;
  const replaced = rules.findIndex((rule) => covers(rule) && rule.match?.length === names.size);
  const base = replaced < 0 ? text : withoutEntry(text, ['protect'], replaced);
  return withEntry(base, 'protect', plain(entry), written(entry));
}

/**
 * Takes out of `protect` what names exactly these references or image IDs: an entry that a toggle
 * wrote (names and the one ID of their image) goes whole, from any other list only the names go. Entries that also
 * select by something else stay. Gives the same text back when there was none.
 */
export function removeProtect(text: string, match: readonly string[]): string {
  const asked = new Set(match.map(canonical));
  let result = text;
  for (let i = protectRules(result).length - 1; i >= 0; i--) {
    const names = namesOf(protectRules(result)[i]);
    const rest = names?.filter((name) => !asked.has(canonical(name)));
    if (names === null || rest === undefined || rest.length === names.length) continue;
    const toggled = names.filter((name) => imageId.test(name)).length === 1;
    result =
      toggled || rest.length === 0
        ? withoutEntry(result, ['protect'], i)
        : setValue(result, ['protect', i, 'match'], rest);
  }
  return result;
}

const imageId = /^sha256:[0-9a-f]{64}$/;

function protectRules(text: string): ProtectRule[] {
  const parsed = parsePolicy(text);
  return 'policy' in parsed ? parsed.policy.protect : [];
}

/** The names of an entry that selects by nothing else. */
function namesOf(rule: ProtectRule | undefined): string[] | null {
  if (rule === undefined) return null;
  const { labels, platform, origin, largerThan, untagged, project } = rule;
  const more = [labels, platform, origin, largerThan, untagged, project].some(
    (key) => key !== null,
  );
  return more ? null : rule.match;
}

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
