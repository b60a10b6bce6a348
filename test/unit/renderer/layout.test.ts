import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  filling,
  layoutOf,
  pathTo,
  type Spot,
  zoomIn,
} from '../../../renderer/app/overview/layout.js';
import { neighbour, type Direction } from '../../../renderer/app/overview/neighbour.js';
import { leavesIn, spaceOf } from '../../../renderer/app/overview/space.js';
import { divide, divideJoining } from '../../../renderer/app/overview/treemap.js';
import { accountOf, disks, knownOf, otherOf, rowOf } from './space-samples.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const sides = fc.integer({ min: 20, max: 2000 });
const values = fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 60 });
const area = ({ width, height }: { width: number; height: number }) => width * height;
const total = (all: readonly { bytes: number }[]) => all.reduce((sum, { bytes }) => sum + bytes, 0);
const tiles = (spots: readonly Spot[]) =>
  spots.filter(({ part }) => part !== 'kind' && part !== 'group');

const kindOf = (spot: Spot) => (spot.part === 'joined' ? spot.in.kind : spot.of.kind);

const overlap = (a: Spot, b: Spot) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('a divided rectangle', () => {
  it('has parts as large as their values, which fill it and stay inside', () => {
    fc.assert(
      fc.property(values, sides, sides, (given, width, height) => {
        const parts = divide(given, { x: 3, y: 5, width, height });
        const sum = given.reduce((all, value) => all + value, 0);
        parts.forEach((part, i) => {
          expect(area(part)).toBeCloseTo(((given[i] ?? 0) / sum) * width * height, 3);
          expect(part.x).toBeGreaterThanOrEqual(3 - 1e-6);
          expect(part.x + part.width).toBeLessThanOrEqual(3 + width + 1e-6);
          expect(part.y + part.height).toBeLessThanOrEqual(5 + height + 1e-6);
        });
      }),
    );
  });

  it('has no part that is too narrow to be seen: those are joined, and keep their bytes', () => {
    const options = fc.record({ least: fc.constant(5), most: fc.integer({ min: 1, max: 50 }) });
    fc.assert(
      fc.property(values, sides, sides, options, (given, width, height, limits) => {
        const items = given.map((bytes) => ({ bytes })).sort((a, b) => b.bytes - a.bytes);
        const rect = { x: 0, y: 0, width, height };
        const { placed, joined } = divideJoining(items, rect, limits);
        expect(total([...placed.map(({ of }) => of), ...(joined?.of ?? [])])).toBe(total(items));
        expect(placed.length).toBeLessThanOrEqual(limits.most);
        const all = [...placed, ...(joined ? [joined] : [])];
        if (all.length > 2)
          for (const { rect: at } of all)
            expect(Math.min(at.width, at.height)).toBeGreaterThanOrEqual(limits.least);
      }),
    );
  });
});

describe('the space map', () => {
  it('draws each byte once, on tiles that cover no other, whatever fills it', () => {
    fc.assert(
      fc.property(disks, fc.nat(), fc.nat(), (known, kindAt, groupAt) => {
        const space = spaceOf(known);
        const kind = space.kinds[kindAt % Math.max(1, space.kinds.length)];
        const group = kind?.groups[groupAt % Math.max(1, kind.groups.length)];
        for (const path of [[], [kind?.key ?? ''], [kind?.key ?? '', group?.key ?? '']]) {
          const zoom = zoomIn(space, path);
          const spots = layoutOf(space, zoom, 668, 370);
          expect(total(tiles(spots))).toBe(filling(space, zoom).bytes);
          expect(new Set(spots.map(({ key }) => key)).size).toBe(spots.length);
          for (const spot of spots) expect(Math.min(spot.width, spot.height)).toBeGreaterThan(0);
          spots.forEach((a, i) => {
            for (const b of spots.slice(i + 1)) expect(overlap(a, b)).toBe(false);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('keeps kinds apart, however small: what a tile says is what opening it shows', () => {
    fc.assert(
      fc.property(disks, sides, (known, wide) => {
        const space = spaceOf(known);
        const queue: string[][] = [[]];
        for (let path = queue.shift(); path; path = queue.shift()) {
          const spots = layoutOf(space, zoomIn(space, path), Math.max(240, wide), 370);
          if (path.length === 0)
            for (const { kind, bytes } of space.kinds) {
              const its = tiles(spots).filter((spot) => kindOf(spot) === kind);
              expect(total(its)).toBe(bytes);
              for (const spot of its) expect(Math.min(spot.width, spot.height)).toBeGreaterThan(2);
            }
          for (const spot of spots) {
            if (spot.part === 'tile') continue;
            const to = spot.part === 'joined' ? [...pathTo(spot.in), spot.key] : pathTo(spot.of);
            const zoom = zoomIn(space, to);
            expect(filling(space, zoom).bytes).toBe(spot.bytes);
            expect(total(tiles(layoutOf(space, zoom, 668, 370)))).toBe(spot.bytes);
            if (spot.part === 'joined') queue.push(to);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leads by opening to every volume, image and container of a disk', () => {
    const rows = Array.from({ length: 500 }, (_, n) => rowOf(n, `r${n % 45}`, 1e4 + n));
    const others = [
      otherOf('volume', 'pgdata', 4e9),
      otherOf('container', 'web', 1e7),
      otherOf('container', 'db', 1e5),
    ];
    const account = accountOf({ images: 45e9, volumes: 4e9, containers: 1.01e7, rest: 3e9 }, null);
    const space = spaceOf(knownOf(rows, { others, account }));
    const reached = new Set<string>();
    const spotsAt = (path: string[]) => layoutOf(space, zoomIn(space, path), 560, 250);
    const open = (path: string[]) => {
      for (const spot of spotsAt(path))
        if (spot.part === 'tile') reached.add(spot.of.key);
        else open(spot.part === 'joined' ? [...pathTo(spot.in), spot.key] : pathTo(spot.of));
    };
    expect(spotsAt([]).some(({ part }) => part === 'joined')).toBe(true);
    open([]);
    expect(reached.size).toBe(leavesIn(space).length);
  });

  it('gives the largest of its tiles about the part of the map that it has of the bytes', () => {
    const rows = [rowOf(1, 'a', 600), rowOf(2, 'b', 300), rowOf(3, 'c', 100)];
    const space = spaceOf(knownOf(rows));
    const spots = tiles(layoutOf(space, zoomIn(space, ['kind:images']), 1000, 1000));
    for (const spot of spots) expect(area(spot) / 1e6).toBeCloseTo(spot.bytes / 1000, 1);
  });

  it('is left where the repository that fills it is gone', () => {
    const space = spaceOf(knownOf([rowOf(1, 'a', 600)]));
    expect(zoomIn(space, ['kind:images', 'repo:gone'])?.group).toBeNull();
    expect(zoomIn(space, ['kind:volumes'])).toBeNull();
  });

  it('of 5,000 images draws no more than can be told apart', () => {
    const rows = Array.from({ length: 5000 }, (_, n) => rowOf(n, `r${n % 611}`, 1e6 + n * 1e4));
    const space = spaceOf(knownOf(rows));
    const spots = layoutOf(space, null, 2000, 1200);
    expect(total(tiles(spots))).toBe(space.bytes);
    expect(spots.length).toBeLessThan(2500);
  });
});

const STEPS: Record<Direction, [x: number, y: number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

describe('arrow keys in the map', () => {
  it('lead to what lies wholly in their direction, wherever there is anything', () => {
    fc.assert(
      fc.property(values, sides, sides, (given, width, height) => {
        const rects = divide(
          given.toSorted((a, b) => b - a),
          { x: 0, y: 0, width, height },
        ).map((rect) => ({ ...rect, width: rect.width * 0.9, height: rect.height * 0.9 }));
        rects.forEach((from, i) => {
          for (const [direction, [dx, dy]] of Object.entries(STEPS)) {
            const ahead = (to: typeof from) =>
              (dx > 0 && to.x >= from.x + from.width) ||
              (dx < 0 && to.x + to.width <= from.x) ||
              (dy > 0 && to.y >= from.y + from.height) ||
              (dy < 0 && to.y + to.height <= from.y);
            const found = neighbour(rects, i, direction as Direction);
            expect(found !== null).toBe(rects.some(ahead));
            if (found !== null) expect(ahead(rects[found] ?? from)).toBe(true);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it('lead to the nearest, and along the row before anything beside it', () => {
    const rect = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
    const grid = [rect(0, 0), rect(12, 0), rect(40, 0), rect(24, 12), rect(0, 12)];
    expect(neighbour(grid, 0, 'right')).toBe(1);
    expect(neighbour(grid, 1, 'right')).toBe(3);
    expect(neighbour(grid, 0, 'down')).toBe(4);
    expect(neighbour(grid, 0, 'left')).toBeNull();
  });
});
