import type { Path } from '../../../../main/domain/policy/keys.js';

/** Where in a policy a place of the text is, also of a text that does not parse yet. */
export interface TextPlace {
  /** Of the mapping or list that it is in, or with `value` of the key whose value it is. */
  path: Path;
  at: 'key' | 'value';
  /** Keys that the mapping has before the place. */
  before: string[];
}

type Frame =
  | { kind: 'map'; indent: number; key: string | null; keys: string[] }
  | { kind: 'list'; indent: number; index: number };

/** Blocks have their column; what stands in brackets has none. */
const FLOW = -1;
const keyStart = /^("[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_.-]+)[ \t]*:(?=\s|$)/;
const bare = (key: string) => key.replace(/^["']|["']$/g, '');

/** Reads a text as far as an offset, by indentation and brackets; it is never an error. */
export function placeAt(text: string, offset: number): TextPlace {
  const frames: Frame[] = [];
  const top = () => frames.at(-1);
  const inFlow = () => top()?.indent === FLOW;
  const closeTo = (column: number) => {
    while (frames.length > 0 && (top()?.indent ?? 0) > column) frames.pop();
  };
  const keyAt = (column: number, key: string) => {
    closeTo(column);
    // A list may stand in the column of the key that it belongs to.
    if (top()?.kind === 'list' && top()?.indent === column) frames.pop();
    const here = top();
    if (here?.kind === 'map' && here.indent === column) {
      here.key = key;
      here.keys.push(key);
    } else frames.push({ kind: 'map', indent: column, key, keys: [key] });
  };
  const itemAt = (column: number) => {
    closeTo(column);
    const here = top();
    if (here?.kind === 'list' && here.indent === column) here.index += 1;
    else frames.push({ kind: 'list', indent: column, index: 0 });
  };

  let at = 0;
  let isValue = false;
  const until = text.slice(0, offset);
  while (at < until.length) {
    const lineStart = until.lastIndexOf('\n', at - 1) + 1;
    const rest = until.slice(at);
    const [blank = ''] = /^[ \t]*/.exec(rest) ?? [];
    if (blank !== '') {
      at += blank.length;
      continue;
    }
    const column = at - lineStart;
    if (rest[0] === '\n' || rest[0] === '\r') {
      at += 1;
      if (!inFlow()) isValue = false;
    } else if (rest[0] === '#' && (column === 0 || /\s/.test(until[at - 1] ?? ''))) {
      at += /^[^\n]*/.exec(rest)?.[0].length ?? 0;
    } else if (!inFlow() && /^-(\s|$)/.test(rest)) {
      itemAt(column);
      at += 1;
    } else {
      const [whole, key] = keyStart.exec(rest) ?? [];
      if (whole !== undefined && key !== undefined && !isValue) {
        const here = top();
        if (here?.kind === 'map' && here.indent === FLOW) {
          here.key = bare(key);
          here.keys.push(here.key);
        } else keyAt(column, bare(key));
        at += whole.length;
        isValue = true;
      } else if (rest[0] === '{' || rest[0] === '[') {
        frames.push(
          rest[0] === '{'
            ? { kind: 'map', indent: FLOW, key: null, keys: [] }
            : { kind: 'list', indent: FLOW, index: 0 },
        );
        isValue = false;
        at += 1;
      } else if (inFlow() && (rest[0] === '}' || rest[0] === ']')) {
        frames.pop();
        isValue = true;
        at += 1;
      } else if (inFlow() && rest[0] === ',') {
        const here = top();
        if (here?.kind === 'list') here.index += 1;
        else if (here?.kind === 'map') here.key = null;
        isValue = false;
        at += 1;
      } else {
        const [word = ' '] =
          /^("[^"\n]*"?|'[^'\n]*'?|[^\s,{}[\]#]+)/.exec(rest) ?? /^[^\n]/.exec(rest) ?? [];
        at += word.length;
      }
    }
  }
  return placeOf(frames, until, isValue);
}

function placeOf(frames: Frame[], until: string, isValue: boolean): TextPlace {
  const line = until.slice(until.lastIndexOf('\n') + 1);
  const isNewLine = /^[ \t]*[A-Za-z]*$/.test(line);
  const isFlow = frames.at(-1)?.indent === FLOW;
  // A word alone in its line is a key of the mapping that its column is of.
  if (isNewLine && !isFlow) {
    const column = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    while ((frames.at(-1)?.indent ?? -1) > column) frames.pop();
    const here = frames.at(-1);
    if (here?.kind === 'list' && here.indent === column) frames.pop();
  }
  const last = frames.at(-1);
  const steps: Path = [];
  for (const frame of frames) {
    if (frame.kind === 'list') steps.push(frame.index);
    else if (frame.key !== null) steps.push(frame.key);
  }
  if (last === undefined) return { path: [], at: 'key', before: [] };
  if (last.kind === 'list') return { path: steps, at: 'value', before: [] };
  if (isValue && last.key !== null) return { path: steps, at: 'value', before: last.keys };
  const isSibling =
    last.key !== null && (isFlow || last.indent === (/^[ \t]*(- +)*/.exec(line)?.[0].length ?? 0));
  return {
    path: isSibling ? steps.slice(0, -1) : steps,
    at: 'key',
    before: isSibling || last.key === null ? last.keys : [],
  };
}
