import fc from 'fast-check';
import type { Result } from '../../../main/contract/commands.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { JudgedOther } from '../../../main/domain/verdict/types.js';
import type { Known } from '../../../renderer/app/overview/space.js';

/** A row of an image, of which a map asks no more than this. */
export const rowOf = (
  id: number,
  repository: string | null,
  bytes = 0,
  goes = false,
  going = goes,
): ImageRow => ({
  id: `sha256:${id}`,
  refs: repository === null ? [] : [`${repository}:${id}`],
  repository,
  size: bytes,
  unique: { min: bytes, max: bytes, certainty: 'exact' },
  created: null,
  used: null,
  usedBy: [],
  verdict: goes ? 'remove' : 'keep',
  going,
  decidedBy: goes ? 'remove' : 'default',
  code: goes ? 'rule' : 'no-rule',
  rule: null,
  protected: null,
  estimate: false,
  recoverable: 'likely',
  project: null,
});

export const otherOf = (
  kind: 'volume' | 'container',
  name: string,
  bytes: number,
): JudgedOther => ({
  kind,
  id: `${kind}:${name}`,
  name,
  verdict: 'keep',
  nameable: false,
  decidedBy: { kind: 'hold', code: 'used', containers: ['web'] },
  reclaimable: { min: bytes, max: bytes, certainty: 'exact' },
  lastUsed: null,
  project: null,
  changesWhen: [],
});

export const cacheOf = (bytes: number): JudgedOther => ({
  ...otherOf('volume', '', bytes),
  kind: 'buildCache',
  id: 'build-cache',
  name: 'build-cache',
  verdict: 'remove',
});

type Parts = Partial<Record<Result<'space'>['parts'][number]['kind'], number>>;

export function accountOf(parts: Parts, used: number | null): Result<'space'> {
  const all = Object.entries(parts) as [keyof Parts, number][];
  return {
    parts: all.map(([kind, bytes]) => ({ kind, bytes, count: null, certainty: 'exact' })),
    explained: all.reduce((sum, [, bytes]) => sum + bytes, 0),
    used,
    complete: true,
    at: 0,
  };
}

/** Known of a disk that holds these images alone. */
export function knownOf(rows: readonly ImageRow[], more: Partial<Known> = {}): Known {
  return {
    rows: new Map(rows.map((row) => [row.id, row])),
    onDisk: rows.reduce((sum, { unique }) => sum + unique.min, 0),
    shares: null,
    account: null,
    others: [],
    used: null,
    ...more,
  };
}

/** Disks with images of some repositories, what they share, and other things. */
export const disks = fc
  .record({
    images: fc.array(
      fc.tuple(
        fc.option(fc.integer({ min: 0, max: 40 })),
        fc.integer({ min: 0, max: 1e9 }),
        fc.boolean(),
      ),
      { minLength: 1, maxLength: 300 },
    ),
    shared: fc.array(fc.tuple(fc.nat(299), fc.nat(299), fc.integer({ min: 1, max: 1e9 })), {
      maxLength: 30,
    }),
    volumes: fc.array(fc.integer({ min: 0, max: 5e9 }), { maxLength: 20 }),
    cache: fc.integer({ min: 0, max: 1e10 }),
    rest: fc.integer({ min: 0, max: 1e10 }),
  })
  .map(({ images, shared, volumes, cache, rest }) => {
    const rows = images.map(([repository, bytes, goes], id) =>
      rowOf(id, repository === null ? null : `r${repository}`, bytes, goes),
    );
    const pairs = new Map(
      shared.flatMap(([a, b, bytes]) => {
        const pair = [...new Set([a % rows.length, b % rows.length])].sort((x, y) => x - y);
        return pair.length < 2 ? [] : [[pair.join(), { bytes, images: pair }] as const];
      }),
    );
    const shares = {
      images: rows.map(({ id, unique }) => ({ id, own: unique.min })),
      shared: [...pairs.values()],
    };
    const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0);
    const onDisk =
      sum(rows.map(({ unique }) => unique.min)) + sum(shares.shared.map((s) => s.bytes));
    const volumesBytes = sum(volumes);
    const used = onDisk + volumesBytes + cache + rest;
    return knownOf(rows, {
      onDisk,
      shares,
      account: accountOf({ images: onDisk, volumes: volumesBytes, buildCache: cache, rest }, used),
      others: [
        ...volumes.map((bytes, i) => otherOf('volume', `v${i}`, bytes)),
        cacheOf(Math.floor(cache / 3)),
      ],
      used,
    });
  });
