import stringWidth from 'string-width';
import { unsafe } from '../domain/unsafe-text.js';

/** One line made safe for a terminal: what could act there becomes U+FFFD, line breaks included. */
export function printable(line: string): string {
  return line.replace(unsafe, (c) => (c === '\t' ? ' ' : '\ufffd'));
}

/** A JSON document with every such character escaped, so that its values stay as they are. */
export function safeJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(unsafe, (c) =>
    c === '\n' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export type Align = 'left' | 'right';

/** Lines of a plain table: columns two blanks apart, the last one as it is, no blanks at the end. */
export function table(rows: readonly (readonly string[])[], align: readonly Align[]): string[] {
  const widths = align.map((_, i) => Math.max(0, ...rows.map((row) => stringWidth(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const blanks = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(cell)));
        if (align[i] === 'right') return blanks + cell;
        return i === row.length - 1 ? cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}
