import type { UpdateEntry } from '../policy/types.js';
import { entryFor, type Selected } from './entries.js';

/** For how many containers each entry holds, in the entries' order; one holds for a container at most. */
export function entryCounts(
  entries: readonly UpdateEntry[],
  containers: Iterable<Selected>,
): number[] {
  const counts = entries.map(() => 0);
  const places = new Map(entries.map((entry, place) => [entry, place]));
  for (const container of containers) {
    const found = entryFor(entries, container);
    const place = found === null ? undefined : places.get(found.entry);
    if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}
