import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import { placeAt } from './place.js';
import { keyAt, keysOf, valuesAt, type KnownKey } from './schema.js';

export interface KeyWords {
  /** What a key is for; from the schema's own sentence where the language is its. */
  about: (path: string, description: string) => string;
  absent: (value: string) => string;
  examples: (values: readonly string[]) => string;
}

const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const textOf = (words: KeyWords, key: KnownKey) => words.about(key.path, key.description);

/** What may be written at an offset of a text: words, and from where on they replace what is there. */
export function offers(
  text: string,
  offset: number,
  words: KeyWords,
): { from: number; options: Completion[] } | null {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [word = ''] = /[\w@"%.-]*$/.exec(line) ?? [];
  if (/(^|\s)#/.test(line.replace(/"[^"]*"/g, ''))) return null;
  const from = offset - word.length;
  const place = placeAt(text, from);
  const asKeys = (apply: (key: KnownKey) => string, path = place.path, except: string[] = []) =>
    keysOf(path)
      .filter(({ name }) => !except.includes(name))
      .map((key): Completion => ({
        label: key.name,
        info: textOf(words, key),
        apply: apply(key),
      }));
  const withColon = (key: KnownKey) => `${key.name}: `;
  if (place.at === 'key') {
    const options = asKeys(withColon, place.path, place.before);
    return options.length === 0 ? null : { from, options };
  }
  const isItem = typeof place.path.at(-1) === 'number' && /-\s+[\w]*$/.test(line);
  const values = valuesAt(place.path).map((label): Completion => ({ label, apply: quoted(label) }));
  const options = [...values, ...(isItem ? asKeys(withColon) : [])];
  return options.length === 0 ? null : { from, options };
}

/** As YAML needs it: a pattern that begins with an asterisk stands in quotes. */
const quoted = (value: string) => (/^[\w@][\w./%+-]*$/.test(value) ? value : JSON.stringify(value));

export const completions =
  (words: KeyWords) =>
  (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const isAsked = context.explicit || context.matchBefore(/\w+/) !== null;
    return isAsked ? offers(text, context.pos, words) : null;
  };

/** The key under an offset, or the one whose value is there; null where neither is. */
export function keyUnder(
  text: string,
  offset: number,
): { key: KnownKey; from: number; to: number } | null {
  const isWord = (at: number) => /[\w.-]/.test(text[at] ?? '');
  let [from, to] = [offset, offset];
  while (from > 0 && isWord(from - 1)) from -= 1;
  while (to < text.length && isWord(to)) to += 1;
  if (from === to) return null;
  const place = placeAt(text, from);
  const path = place.at === 'key' ? [...place.path, text.slice(from, to)] : place.path;
  const key = keyAt(path);
  return key === null ? null : { key, from, to };
}

/** What a key is for, beside the pointer. */
export const hovering = (words: KeyWords): Extension =>
  hoverTooltip((view, offset) => {
    const under = keyUnder(view.state.doc.toString(), offset);
    if (under === null) return null;
    const { key, from, to } = under;
    return { pos: from, end: to, create: () => ({ dom: aboutBox(words, key) }) };
  });

function aboutBox(words: KeyWords, key: KnownKey): HTMLElement {
  const box = document.createElement('div');
  box.className = 'about';
  const add = (tag: string, text: string, name = '') => {
    const one = document.createElement(tag);
    one.textContent = text;
    one.className = name;
    box.append(one);
  };
  add('code', key.path);
  add('div', textOf(words, key));
  if (key.absent !== undefined && !Array.isArray(key.absent))
    add('div', words.absent(written(key.absent)), 'more');
  if (key.examples.length > 0) add('div', words.examples(key.examples.map(written)), 'more');
  return box;
}
