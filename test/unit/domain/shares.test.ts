import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { onDisk } from '../../../main/domain/layers.js';
import { sharesOf } from '../../../main/domain/shares.js';
import { image, inventories } from './arbitrary.js';

const layer = (chainId: string, size: number) => ({ chainId, size });
const a = layer('a', 100);
const b = layer('ab', 20);
const c = layer('abc', 3);
const d = layer('abd', 7);
const e = layer('e', 5);
// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

describe('what images share', () => {
  it('gives layers of one image to it, and those that the same images stand on one place', () => {
    const images = [
      image(1, { layers: [a, b, c] }),
      image(2, { layers: [a, b, d] }),
      image(3, { layers: [e] }),
      image(4, { layers: null }),
    ];
    expect(sharesOf(images)).toEqual({
      own: [3, 7, 5, 0],
      shared: [{ bytes: 120, images: [0, 1] }],
    });
  });

  it('tells what all share from what only some of them do', () => {
    const images = [
      image(1, { layers: [a, b, c] }),
      image(2, { layers: [a, b] }),
      image(3, { layers: [a] }),
    ];
    expect(sharesOf(images)).toEqual({
      own: [3, 0, 0],
      shared: [
        { bytes: 100, images: [0, 1, 2] },
        { bytes: 20, images: [0, 1] },
      ],
    });
  });

  it.each(['classic', 'containerd'] as const)('counts each byte once on a %s store', (store) => {
    fc.assert(
      fc.property(inventories({ store, images: 40 }), ({ images }) => {
        const { own, shared } = sharesOf(images);
        const all = [...own, ...shared.map(({ bytes }) => bytes)];
        const sum = all.reduce((total, bytes) => total + bytes, 0);
        expect(sum).toBe(onDisk(images));
        for (const { images: standing } of shared)
          expect(new Set(standing).size).toBeGreaterThan(1);
        const sets = shared.map(({ images: standing }) => standing.join());
        expect(new Set(sets).size).toBe(sets.length);
      }),
    );
  });
});
