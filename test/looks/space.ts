import type { Result } from '../../main/contract/commands.js';
import type { Slices } from '../../main/contract/slices.js';
import { NOW } from './base.js';
import { others } from './kinds.js';

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
const bytesOf = (kind: string) =>
  sum(others.filter((other) => other.kind === kind).map(({ reclaimable }) => reclaimable.min));

/** The account of the disk that these slices are of. */
export function accountOf({ images, gauges }: Slices): Result<'space'> {
  const used = gauges.engine.used;
  const { onDisk } = images.totals;
  const counted = [
    { kind: 'images', bytes: onDisk, count: images.upsert.length, certainty: 'range' },
    { kind: 'buildCache', bytes: 7.4e9, count: 412, certainty: 'exact' },
    { kind: 'volumes', bytes: bytesOf('volume'), count: 3, certainty: 'exact' },
    { kind: 'containers', bytes: bytesOf('container'), count: 3, certainty: 'at-least' },
  ] as const;
  const explained = sum(counted.map(({ bytes }) => bytes));
  const rest =
    used === null || used < explained
      ? []
      : [{ kind: 'rest', bytes: used - explained, count: null, certainty: 'at-most' } as const];
  return { parts: [...counted, ...rest], explained, used, complete: true, at: NOW };
}

/** What the images share: in each repository the lower half of its images a third of the rest. */
export function sharesOf({ images: { upsert: rows, totals } }: Slices): Result<'space.shares'> {
  const alone = sum(rows.map(({ unique }) => unique.min));
  const places = new Map<string, number[]>();
  rows.forEach(({ repository }, place) => {
    if (repository === null) return;
    const list = places.get(repository);
    if (list) list.push(place);
    else places.set(repository, [place]);
  });
  const several = [...places.values()].filter((list) => list.length > 2).slice(0, 40);
  const rest = Math.max(0, totals.onDisk - alone);
  const each = Math.floor(rest / (several.length * 2 + 3));
  const within = several.flatMap((list) => [
    { bytes: each, images: list },
    { bytes: each, images: list.slice(Math.ceil(list.length / 2)) },
  ]);
  const shared = within.filter(({ images }) => images.length > 1);
  const across =
    rows.length < 2 ? [] : [{ bytes: rest - each * shared.length, images: rows.map((_, i) => i) }];
  return {
    images: rows.map(({ id, unique }) => ({ id, own: unique.min })),
    shared: [...shared, ...across],
  };
}
