import type { ImageRow } from '../../contract/slices.js';
import type { UpdatesSlice } from '../../contract/updates.js';
import type { Inventory } from '../../domain/facts.js';

/** How many things there are of each sort. */
export function countsOf(
  inventory: Inventory | null,
  rows: readonly ImageRow[],
  updates: UpdatesSlice,
): Record<string, Record<string, number>> {
  const { images = [], containers = [] } = inventory ?? {};
  return {
    images: {
      all: images.length,
      ...tally(rows, ({ verdict, decidedBy, code }) => `${verdict} ${decidedBy} ${code}`),
    },
    origins: tally(images, ({ origin }) => origin),
    platforms: tally(images, ({ platform }) => platform),
    recoverable: tally(rows, ({ recoverable }) => recoverable),
    containers: { all: containers.length, ...tally(containers, ({ state }) => state) },
    networks: { all: inventory?.networks.length ?? 0 },
    volumes: { all: inventory?.volumes.length ?? 0 },
    updates: tally(updates.rows, ({ verdict, mode }) => `${verdict.state} ${mode}`),
  };
}

function tally<T>(all: readonly T[], of: (one: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of all) counts[of(one)] = (counts[of(one)] ?? 0) + 1;
  return counts;
}
