import type { SuggestionsSlice } from '../contract/suggestions.js';
import type { Messages } from '../messages/index.js';
import { table } from './printable.js';

/** What is suggested, what matters most first, and how to see what one would do. */
export function suggestionLines(m: Messages, slice: SuggestionsSlice, now: number): string[] {
  const words = m.cli.suggest;
  const rows = slice.rows.flatMap(({ key, evidence, bytes, safety }) => {
    const { title, why, safety: noted } = m.suggestion;
    const note = noted[safety];
    return [
      [bytes === null ? '' : m.format.reclaimable(bytes), title(evidence, now)],
      ['', note === null ? why(evidence, now) : `${why(evidence, now)}; ${note}`],
      ['', `careen suggest ${keyOf(key)}`],
    ];
  });
  return [
    ...(rows.length === 0 ? [words.none] : table(rows, ['right', 'left'])),
    '',
    ...(slice.measuredAt === null ? [words.measure] : []),
    ...(slice.dismissed === 0 ? [] : [words.dismissed(slice.dismissed)]),
  ];
}

/** As a shell takes it; of a key that carries a rule its beginning is enough. */
function keyOf(key: string): string {
  const [words = key] = key.split(' {');
  return /^[\w./:@ -]+$/.test(words) ? words : `'${words.replaceAll("'", String.raw`'\''`)}'`;
}
