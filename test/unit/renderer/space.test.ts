import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageRow } from '../../../main/contract/slices.js';
import { layoutOf, spaceOf } from '../../../renderer/app/overview/space.js';
import { squarify } from '../../../renderer/app/overview/treemap.js';

const falling = fc
  .array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 60 })
  .map((values) => values.sort((a, b) => b - a));

test('parts of a treemap fill the rectangle, stay inside it and are as large as their values', () => {
  fc.assert(
    fc.property(
      falling,
      fc.integer({ min: 20, max: 2000 }),
      fc.integer({ min: 20, max: 2000 }),
      (values, width, height) => {
        const parts = squarify(values, { x: 0, y: 0, width, height });
        const total = values.reduce((sum, v) => sum + v, 0);
        expect(parts).toHaveLength(values.length);
        parts.forEach((part, i) => {
          const share = ((values[i] ?? 0) / total) * width * height;
          expect(part.width * part.height).toBeCloseTo(share, 3);
          expect(part.x).toBeGreaterThanOrEqual(-1e-6);
          expect(part.y).toBeGreaterThanOrEqual(-1e-6);
          expect(part.x + part.width).toBeLessThanOrEqual(width + 1e-6);
          expect(part.y + part.height).toBeLessThanOrEqual(height + 1e-6);
        });
      },
    ),
  );
});

const rowOf = (id: number, repository: number, bytes: number) =>
  ({
    id: `sha256:${id}`,
    refs: [],
    repository: `r${repository}`,
    unique: { min: bytes, max: bytes, certainty: 'exact' },
  }) as unknown as ImageRow;

test('the map counts each byte once, however small its tiles', () => {
  const store = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 1e9 })),
    {
      minLength: 1,
      maxLength: 300,
    },
  );
  fc.assert(
    fc.property(store, fc.integer({ min: 0, max: 1e10 }), (images, shared) => {
      const rows = images.map(([repository, bytes], id) => rowOf(id, repository, bytes));
      const alone = images.reduce((sum, [, bytes]) => sum + bytes, 0);
      const space = spaceOf(rows, alone + shared);
      expect(space.alone + space.shared).toBe(alone + shared);
      const { tiles } = layoutOf(space, 668, 520);
      expect(tiles.reduce((sum, tile) => sum + tile.bytes, 0)).toBe(alone + shared);
    }),
  );
});
