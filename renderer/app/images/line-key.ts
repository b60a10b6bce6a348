import type { Entry } from './table.js';

/** What tells a line from all others: an image may be called like a group. */
export const keyOf = (entry: Entry) => (entry.kind === 'group' ? `g:${entry.key}` : entry.id);
