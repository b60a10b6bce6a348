import { isMap, isScalar, isSeq, type Document, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { isCareenError } from '../errors.js';
import { normalise, parseReference } from '../reference.js';
import { parsePolicy } from './parse.js';
import { parseYaml } from './source.js';
import type { ProtectRule } from './types.js';

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
  const base = replaced < 0 ? text : withoutEntry(text, replaced);
  const count = protectRules(base).length + 1;
  return firstValid(count, inserted(base, written(entry)), () => {
    const document = parseYaml(base);
    const node = document.createNode(plain(entry), { flow: true });
    if (isSeq(document.get('protect'))) document.addIn(['protect'], node);
    else document.set('protect', document.createNode([node]));
    return whole(document);
  });
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
    result = toggled || rest.length === 0 ? withoutEntry(result, i) : withNames(result, i, rest);
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
  const { labels, platform, origin, largerThan, untagged } = rule;
  const more = [labels, platform, origin, largerThan, untagged].some((key) => key !== null);
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
  return {
    match: match.length === 1 ? match[0] : [...match],
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
    ...(note === null ? {} : { note }),
  };
}

function written(entry: ProtectEntry): string {
  const { match, until, note } = plain(entry);
  const names = typeof match === 'string' ? [match] : (match ?? []);
  const list = names.map((name) => JSON.stringify(name)).join(', ');
  return [
    `{ match: ${names.length === 1 ? list : `[${list}]`}`,
    ...(until === undefined ? [] : [`until: ${until}`]),
    ...(note === undefined ? [] : [`note: ${JSON.stringify(note)}`]),
  ]
    .join(', ')
    .concat(' }');
}

const whole = (document: Document) => document.toString({ lineWidth: 0 });

/** An edit of the text itself keeps its looks; where its shape is unusual, the whole is rewritten. */
function firstValid(count: number, spliced: string | null, rewritten: () => string): string {
  if (spliced !== null) {
    const parsed = parsePolicy(spliced);
    if ('policy' in parsed && parsed.policy.protect.length === count) return spliced;
  }
  return rewritten();
}

interface Parts {
  root: YAMLMap | null;
  list: YAMLSeq | null;
}

function partsOf(text: string): Parts {
  const { contents } = parseYaml(text);
  const root = isMap(contents) && contents.flow !== true ? contents : null;
  const pair = root?.items.find(({ key }) => isScalar(key) && key.value === 'protect');
  return { root, list: isSeq(pair?.value) ? pair.value : null };
}

const splice = (text: string, from: number, to: number, by: string) =>
  text.slice(0, from) + by + text.slice(to);
const lineStart = (text: string, offset: number) => text.lastIndexOf('\n', offset - 1) + 1;

/** The offset behind the last line of a node, comment included. */
function lineEnd(text: string, node: Node): number {
  const end = node.range?.[1] ?? 0;
  if (text[end - 1] === '\n') return end;
  const next = text.indexOf('\n', end);
  return next < 0 ? text.length : next + 1;
}

function inserted(text: string, entry: string): string | null {
  const { root, list } = partsOf(text);
  if (root === null) return null;
  const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  if (list === null) return `${ended}protect:\n  - ${entry}\n`;
  const [start, end] = list.range ?? [0, 0];
  const last = list.items.at(-1) as Node | undefined;
  if (last === undefined) return splice(text, start, end, `\n  - ${entry}`);
  if (list.flow === true)
    return splice(text, last.range?.[1] ?? end, last.range?.[1] ?? end, `, ${entry}`);
  const at = lineEnd(ended, last);
  return splice(ended, at, at, `${' '.repeat(start - lineStart(ended, start))}- ${entry}\n`);
}

function withoutEntry(text: string, index: number): string {
  const { list } = partsOf(text);
  const item = list?.items[index] as Node | undefined;
  const count = protectRules(text).length - 1;
  let spliced: string | null = null;
  if (list !== null && item?.range && list.flow !== true) {
    const from = lineStart(text, item.range[0]);
    spliced = splice(text, from, lineEnd(text, item), '');
    if (count === 0) spliced = spliced.replace(/^protect[ \t]*:/m, '$& []');
  }
  return firstValid(count, spliced, () => {
    const document = parseYaml(text);
    document.deleteIn(['protect', index]);
    return whole(document);
  });
}

function withNames(text: string, index: number, names: readonly string[]): string {
  const item = partsOf(text).list?.items[index];
  const match = isMap(item) ? item.get('match', true) : undefined;
  const count = protectRules(text).length;
  let spliced: string | null = null;
  if (isSeq(match) && match.range) {
    const [from, to] = match.range;
    const list = `[${names.map((name) => JSON.stringify(name)).join(', ')}]`;
    spliced = splice(text, from, to, text[to - 1] === '\n' ? `${list}\n` : list);
  }
  return firstValid(count, spliced, () => {
    const document = parseYaml(text);
    document.setIn(['protect', index, 'match'], [...names]);
    return whole(document);
  });
}
