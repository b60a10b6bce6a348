import { keyOf } from './line-key.js';
import type { Entry } from './table.js';

/** Whether all, some or none of several are ticked. */
export type Share = 'all' | 'some' | 'none';

/** How many of these are ticked. */
export function shareOf(ids: readonly string[], ticked: ReadonlySet<string>): Share {
  const n = ids.reduce((sum, id) => sum + (ticked.has(id) ? 1 : 0), 0);
  return n === 0 ? 'none' : n === ids.length ? 'all' : 'some';
}

/** The set with these in it, or without them. */
export function withTicks(
  ticked: ReadonlySet<string>,
  ids: readonly string[],
  on: boolean,
): ReadonlySet<string> {
  const next = new Set(ticked);
  for (const id of ids) {
    if (on) next.add(id);
    else next.delete(id);
  }
  return next;
}

/**
 * IDs of the images from one line to another, both included and whichever stands first; of a closed
 * group on the way all its images.
 */
export function between(entries: readonly Entry[], from: number, to: number): string[] {
  const [first, last] = from < to ? [from, to] : [to, from];
  return entries
    .slice(Math.max(0, first), last + 1)
    .flatMap((entry) => (entry.kind === 'image' ? [entry.id] : entry.open ? [] : entry.ids));
}

/** What is ticked, and the line that a range is drawn from with what was ticked before it. */
export interface Picks {
  ticked: ReadonlySet<string>;
  anchor: { key: string; before: ReadonlySet<string> } | null;
}

/**
 * Ticks all from where the range begins to the line `to`, and no longer what an earlier end of it
 * ticked; where none was begun, or its line is gone, it begins at the line `from`.
 */
export function reach(picks: Picks, entries: readonly Entry[], from: number, to: number): Picks {
  const place = entries.findIndex((entry) => keyOf(entry) === picks.anchor?.key);
  const start = place >= 0 ? place : from;
  const entry = entries[start];
  if (!entry) return picks;
  const anchor =
    place >= 0 && picks.anchor ? picks.anchor : { key: keyOf(entry), before: picks.ticked };
  return { anchor, ticked: withTicks(anchor.before, between(entries, start, to), true) };
}
