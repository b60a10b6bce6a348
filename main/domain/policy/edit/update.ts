import { isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { entryFor, type Selected } from '../../update/entries.js';
import { globOfName, parseNamePattern } from '../container-name.js';
import { parsePolicy } from '../parse.js';
import { parseYaml } from '../source.js';
import type { UpdateEntry, UpdateMode } from '../types.js';
import {
  aboveComments,
  edited,
  eolOf,
  flowText,
  isMapping,
  lineEnd,
  lineStart,
  plainOf,
  rangeOf,
  splice,
  valueAt,
  type Plain,
} from './text.js';
import { setValue } from './value.js';

const list = ['update', 'containers'];

/**
 * Writes a mode for this very container into a policy text: into its own entry, or into a new one
 * before all broader ones, which takes over whatever else holds for it. All other lines stay as they
 * are. The text must be a valid policy.
 *
 * @param made what it was made from; without, entries by `image` are not taken over
 */
export function setContainerMode(
  text: string,
  container: string,
  mode: UpdateMode,
  made: Omit<Selected, 'name'> = { reference: '', imageId: '' },
): string {
  const parsed = parsePolicy(text);
  const entries = 'policy' in parsed ? parsed.policy.update.containers : [];
  const found = entryFor(entries, { name: container, ...made })?.entry ?? null;
  const place = found === null ? -1 : entries.indexOf(found);
  if (found !== null && isOnlyOf(found, container))
    return setValue(text, [...list, place, 'mode'], mode);
  const broader = entries.findIndex((entry) => mayMatch(entry, container));
  const rules = place < 0 ? {} : rulesAt(text, place);
  const entry: Plain = { match: globOfName(container), mode, ...rules };
  return withEntryAt(text, broader < 0 ? entries.length : broader, entry);
}

/** Whether an entry is about one container and says nothing of its image. */
function isOnlyOf({ match, image }: UpdateEntry, name: string): boolean {
  const [only] = match ?? [];
  return image === null && match?.length === 1 && parseNamePattern(only ?? '')?.name === name;
}

const mayMatch = ({ match }: UpdateEntry, name: string) =>
  match === null || match.some((text) => parseNamePattern(text)?.matches(name) ?? false);

/** What an entry says beside whom it is about and the mode, as it is written. */
function rulesAt(text: string, place: number): { [key: string]: Plain } {
  const entry = valueAt(plainOf(text), [...list, place]);
  const selects = new Set(['match', 'image', 'mode']);
  return isMapping(entry)
    ? Object.fromEntries(Object.entries(entry).filter(([key]) => !selects.has(key)))
    : {};
}

/** Puts an entry before the one at a place of `update.containers`, which is made where it is missing. */
export function withEntryAt(text: string, place: number, entry: Plain): string {
  const before = plainOf(text);
  const old = valueAt(before, list);
  const entries = Array.isArray(old) ? old : [];
  const wanted = entries.toSpliced(place, 0, entry);
  return edited(
    text,
    valueWith(before, wanted),
    (body) => spliced(body, place, flowText(entry)),
    (document) => {
      const node = document.createNode(entry, { flow: true });
      const seq = document.getIn(list);
      if (isSeq(seq)) seq.items.splice(place, 0, node);
      else document.setIn(list, document.createNode([node]));
    },
  );
}

function valueWith(before: Plain, containers: Plain[]): Plain {
  const policy = isMapping(before) ? before : {};
  const update = policy['update'];
  return { ...policy, update: { ...(isMapping(update) ? update : {}), containers } };
}

/** The text with the entry in a line of its own, where the list is written that way; null elsewhere. */
function spliced(text: string, place: number, entry: string): string | null {
  const { contents } = parseYaml(text);
  if (!isMap(contents) || contents.flow === true) return null;
  const eol = eolOf(text);
  const ended = text === '' || text.endsWith('\n') ? text : `${text}${eol}`;
  const update = childOf(contents, 'update');
  if (update === undefined) return `${ended}update:${eol}  containers:${eol}    - ${entry}${eol}`;
  if (!isMap(update)) return null;
  const seq = childOf(update, 'containers');
  if (isSeq(seq)) return seq.items.length === 0 ? null : intoList(ended, seq, place, entry);
  return seq === undefined ? asList(ended, update, entry) : null;
}

function childOf(map: YAMLMap, key: string): unknown {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
}

/** A new list at the end of `update`. */
function asList(text: string, update: YAMLMap, entry: string): string | null {
  const own = rangeOf(update);
  const last = update.items.at(-1);
  const end = rangeOf(last?.value)?.[1] ?? rangeOf(last?.key)?.[1];
  if (own === null || end === undefined) return null;
  if (update.flow === true) return splice(text, end, end, `, containers: [${entry}]`);
  const eol = eolOf(text);
  const indent = ' '.repeat(own[0] - lineStart(text, own[0]));
  const at = lineEnd(text, end);
  return splice(text, at, at, `${indent}containers:${eol}${indent}  - ${entry}${eol}`);
}

function intoList(text: string, seq: YAMLSeq, place: number, entry: string): string | null {
  const next = rangeOf(seq.items[place]);
  const last = rangeOf(seq.items.at(-1));
  const own = rangeOf(seq);
  if (own === null || last === null) return null;
  if (seq.flow === true)
    return next === null
      ? splice(text, last[1], last[1], `, ${entry}`)
      : splice(text, next[0], next[0], `${entry}, `);
  const at = next === null ? lineEnd(text, last[1]) : aboveComments(text, lineStart(text, next[0]));
  const indent = ' '.repeat(own[0] - lineStart(text, own[0]));
  return splice(text, at, at, `${indent}- ${entry}${eolOf(text)}`);
}
