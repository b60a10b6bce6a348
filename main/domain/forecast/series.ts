import type { Gauge } from '../disk/types.js';
import type { Millis } from '../facts.js';
import { day } from '../policy/units.js';
import type { Sample } from './samples.js';

/** What figures were got from; only those of one source are to be compared with each other. */
export interface Source {
  /** The folder or disk file that was measured. */
  of: string;
  how: NonNullable<Gauge['how']>;
}

/** How full a disk was, by one source; in the order of time. */
export interface Series extends Source {
  samples: readonly Sample[];
}

/** Two disks, each with a better and a lesser source; what an engine that was moved leaves goes. */
export const mostSeries = 4;

/** Of two sources of one disk the better: the engine's own word is exact, a disk file's size a bound. */
const rank: Record<Source['how'], number> = { engine: 0, 'file-system': 1, 'disk-file': 2 };

/** Days: a better source that told nothing for so long is gone, and not only away. */
const away = 7;

/** Whether two are the same source. */
export const sameSource = (a: Source, b: Source): boolean => a.of === b.of && a.how === b.how;

/**
 * The series that tells of a reading's disk: the source's own, which is empty at first. But a better
 * source of the same disk goes on telling while it is only away, as an engine in a VM that sleeps: the
 * reading is then no sample of its series.
 */
export function seriesFor(all: readonly Series[], source: Source, now: Millis): Series {
  const isAway = ({ samples }: Series) => samples.some(({ at }) => Math.abs(now - at) < away * day);
  const better = all.find(
    (one) => one.of === source.of && rank[one.how] < rank[source.how] && isAway(one),
  );
  return better ?? all.find((one) => sameSource(one, source)) ?? { ...source, samples: [] };
}

/** All with one at their head, in place of that of its source; past the bound those told of last go. */
export function withSeries(all: readonly Series[], one: Series): Series[] {
  return [one, ...all.filter((other) => !sameSource(other, one))].slice(0, mostSeries);
}
