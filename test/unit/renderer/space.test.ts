import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { idsOf } from '../../../renderer/app/overview/leaves.js';
import { tileOf } from '../../../renderer/app/overview/naming.js';
import { type Known, leavesIn, spaceOf } from '../../../renderer/app/overview/space.js';
import { accountOf, disks, knownOf, otherOf, rowOf } from './space-samples.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const total = (all: readonly { bytes: number }[]) => all.reduce((sum, { bytes }) => sum + bytes, 0);

describe('what takes the disk', () => {
  it('is as much as the account says, each byte once and each thing once', () => {
    fc.assert(
      fc.property(disks, (known) => {
        const space = spaceOf(known);
        const leaves = leavesIn(space);
        expect(total(leaves)).toBe(known.account?.used);
        expect(total(space.kinds)).toBe(space.bytes);
        expect(new Set(leaves.map(({ key }) => key)).size).toBe(leaves.length);
        for (const part of known.account?.parts ?? []) {
          const kind = part.kind === 'rest' ? 'other' : part.kind;
          const there = leaves.filter((leaf) => leaf.kind === kind);
          expect(total(there)).toBe(part.bytes);
        }
      }),
    );
  });

  it('keeps layers that images of one repository share with it, and the others apart', () => {
    const rows = [rowOf(1, 'api', 10), rowOf(2, 'api', 20), rowOf(3, 'web', 5)];
    const shares = {
      images: rows.map(({ id, unique }) => ({ id, own: unique.min })),
      shared: [
        { bytes: 100, images: [0, 1] },
        { bytes: 1000, images: [0, 1, 2] },
      ],
    };
    const [images] = spaceOf(knownOf(rows, { onDisk: 1135, shares })).kinds;
    const told = images?.groups.map(({ key, bytes, leaves }) => [
      key,
      bytes,
      leaves.map((leaf) => idsOf(leaf).length),
    ]);
    expect(told).toEqual([
      ['bases', 1000, [3]],
      ['repo:api', 130, [2, 1, 1]],
      ['repo:web', 5, [1]],
    ]);
  });

  it('goes with the last image that stands on it', () => {
    const rows = [rowOf(1, 'api', 10, true), rowOf(2, 'api', 20, true), rowOf(3, 'api', 5)];
    const shares = {
      images: rows.map(({ id }) => ({ id, own: 1 })),
      shared: [
        { bytes: 100, images: [0, 1] },
        { bytes: 50, images: [0, 1, 2] },
      ],
    };
    const leaves = leavesIn(spaceOf(knownOf(rows, { onDisk: 153, shares })));
    const shared = leaves.filter(({ what }) => what === 'shared');
    expect(shared.map(({ bytes, standing }) => [bytes, standing])).toEqual([
      [100, 'go'],
      [50, 'keep'],
    ]);
  });

  it('could go where some that stand on it wait for a tick, and is drawn as its outline', () => {
    const rows = [rowOf(1, 'api', 10, true), rowOf(2, 'api', 20, true, false)];
    const shares = {
      images: rows.map(({ id }) => ({ id, own: 1 })),
      shared: [{ bytes: 100, images: [0, 1] }],
    };
    const leaves = leavesIn(spaceOf(knownOf(rows, { onDisk: 102, shares })));
    expect(leaves.map((leaf) => [leaf.bytes, leaf.standing, tileOf(leaf)])).toEqual([
      [100, 'could', 'maybe'],
      [1, 'go', 'go'],
      [1, 'could', 'maybe'],
    ]);
  });

  it('makes images once for as long as they and what they share stay', () => {
    const known = knownOf([rowOf(1, 'api', 60)], { onDisk: 60 });
    const imagesBy = (change: Partial<Known>) =>
      spaceOf({ ...known, ...change }).kinds.find(({ kind }) => kind === 'images');
    const before = imagesBy({});
    expect(before?.bytes).toBe(60);
    expect(imagesBy({ cacheGoes: 5, used: 100 })).toBe(before);
    expect(imagesBy({ onDisk: 70 })?.bytes).toBe(70);
    const shares = { images: [{ id: rowOf(1, 'api', 60).id, own: 40 }], shared: [] };
    expect(imagesBy({ shares })?.bytes).toBe(40);
  });

  it('before anything was counted is images, and what is used beside them in one piece', () => {
    const known = knownOf([rowOf(1, 'api', 60)], { used: 100 });
    const { kinds } = spaceOf(known);
    expect(kinds.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['images', 60],
      ['other', 40],
    ]);
    const [pending] = kinds[1]?.leaves ?? [];
    expect(pending?.what).toBe('pending');
  });

  it('leaves out of the map, and not of the table, what would crush all else', () => {
    const account = accountOf({ images: 60, volumes: 10, rest: 930 }, 1000);
    const others = [otherOf('volume', 'data', 10)];
    const space = spaceOf(knownOf([rowOf(1, 'api', 60)], { account, others, used: 1000 }));
    expect(space.bytes).toBe(70);
    expect(space.aside.map(({ what, bytes }) => [what, bytes])).toEqual([['rest', 930]]);
    expect(total(leavesIn(space))).toBe(1000);
  });

  it('tells what the account has beyond what is known by name', () => {
    const account = accountOf({ images: 75, volumes: 0 }, null);
    const leaves = leavesIn(spaceOf(knownOf([rowOf(1, 'api', 60)], { account })));
    expect(leaves.map(({ what, bytes }) => [what, bytes])).toEqual([
      ['image', 60],
      ['untold', 15],
    ]);
  });
});
