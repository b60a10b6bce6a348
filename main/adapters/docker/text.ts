import { unsafe } from '../unsafe-text.js';

/**
 * A foreign text made safe for a window, a terminal and a log (DESIGN §2): white space becomes a
 * blank, any other control or bidi character U+FFFD, so that it can neither act nor hide.
 */
export function clean(text: string): string {
  return text.replace(unsafe, (c) => (c === '\n' || c === '\t' || c === '\r' ? ' ' : '\ufffd'));
}

/** The same for every key and value; null is an empty record. */
export function cleanRecord(
  record: Record<string, string> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record ?? {}).map(([key, value]) => [clean(key), clean(value)]),
  );
}
