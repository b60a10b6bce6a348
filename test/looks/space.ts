import type { Result } from '../../main/contract/commands.js';
import type { Slices } from '../../main/contract/slices.js';
import { sharesOf as sharesOfImages } from '../../main/domain/shares.js';
import { NOW } from './base.js';
import { cacheBytes, others } from './kinds.js';
import { knownOf } from './store.js';

const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
const countOf = (kind: string) => others.filter((other) => other.kind === kind).length;
const bytesOf = (kind: string) =>
  sum(others.filter((other) => other.kind === kind).map(({ reclaimable }) => reclaimable.min));

/** The account of the disk that these slices are of. */
export function accountOf({ images, gauges }: Slices): Result<'space'> {
  const used = gauges.engine.used;
  const { onDisk } = images.totals;
  const counted = [
    { kind: 'images', bytes: onDisk, count: images.upsert.length, certainty: 'range' },
    { kind: 'buildCache', bytes: cacheBytes, count: 412, certainty: 'exact' },
    { kind: 'volumes', bytes: bytesOf('volume'), count: countOf('volume'), certainty: 'exact' },
    {
      kind: 'containers',
      bytes: bytesOf('container'),
      count: countOf('container'),
      certainty: 'at-least',
    },
  ] as const;
  const explained = sum(counted.map(({ bytes }) => bytes));
  const rest =
    used === null || used < explained
      ? []
      : [{ kind: 'rest', bytes: used - explained, count: null, certainty: 'at-most' } as const];
  return { parts: [...counted, ...rest], explained, used, complete: true, at: NOW };
}

/** What the images share, as main tells it. */
export function sharesOf({ images: { upsert: rows } }: Slices): Result<'space.shares'> {
  const facts = rows.flatMap((row) => knownOf(row)?.facts ?? []);
  if (facts.length < rows.length) throw new Error('a row of no store');
  const { own, shared } = sharesOfImages(facts);
  return { images: rows.map(({ id }, i) => ({ id, own: own[i] ?? 0 })), shared };
}
