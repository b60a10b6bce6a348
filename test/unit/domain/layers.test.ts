import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { blobsOf } from '../../../main/domain/blobs.js';
import { chainsOf } from '../../../main/domain/chains.js';
import type { ImageFacts, Inventory } from '../../../main/domain/facts.js';
import { LayerIndex, onDisk } from '../../../main/domain/layers.js';
import { image, imageId, inventories, inventory } from './arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const layer = (chainId: string, size: number) => ({ chainId, size });
const a = layer('a', 100);
const b = layer('ab', 20);
const c = layer('ac', 3);

/** What the engine would count less: every layer that only these images stand on, each once. */
function bruteForce({ images }: Inventory, ids: ReadonlySet<string>): number {
  const left = new Set(
    images
      .filter(({ id }) => !ids.has(id))
      .flatMap(({ layers }) => layers ?? [])
      .map(({ chainId }) => chainId),
  );
  const gone = new Map(
    images
      .filter(({ id }) => ids.has(id))
      .flatMap(({ layers }) => layers ?? [])
      .filter(({ chainId }) => !left.has(chainId))
      .map(({ chainId, size }) => [chainId, size]),
  );
  return [...gone.values()].reduce((sum, size) => sum + size, 0);
}

const withSubset = (store: 'classic' | 'containerd') =>
  inventories({ store, images: 40 }).chain((taken) =>
    fc.record({
      taken: fc.constant({
        ...taken,
        images: taken.images.map((one) => ({
          ...one,
          layers: one.layers ?? [],
          layersInDoubt: false,
        })),
        buildCache: 'none' as const,
      }),
      ids: fc.shuffledSubarray(taken.images.map(({ id }) => id)),
    }),
  );

const chainOf = ({ layers }: ImageFacts) => layers?.map(({ chainId }) => chainId).join() ?? null;

/** The same without images of layers that another has too. */
function withoutTwins<T extends Inventory>(taken: T): T {
  const seen = new Set<string | null>();
  const images = taken.images.filter((one) => {
    const chain = chainOf(one);
    const isFirst = chain === null || !seen.has(chain);
    seen.add(chain);
    return isFirst;
  });
  return { ...taken, images };
}

describe('what a set of images frees', () => {
  it('is on a classic store the layers that only the set stands on, to the byte', () => {
    fc.assert(
      fc.property(withSubset('classic'), ({ taken, ids }) => {
        const index = new LayerIndex(taken);
        const bytes = bruteForce(taken, new Set(ids));
        expect(index.of(ids)).toEqual({ min: bytes, max: bytes, certainty: 'exact' });
        for (const [place, { id }] of taken.images.entries())
          expect(index.ofOne(place)).toEqual(index.of([id]));
      }),
    );
  });

  it('is at least what is known where sizes of layers are in doubt', () => {
    const doubtful = { layers: [layer('x', 0), layer('xy', 7)], layersInDoubt: true, size: 50 };
    const index = new LayerIndex(inventory([image(1, doubtful), image(2, { layers: [b] })]));
    const both = { min: 27, max: 70, certainty: 'at-least' };
    expect(index.of([imageId(1)])).toEqual({ min: 7, max: 50, certainty: 'at-least' });
    expect(index.ofOne(0)).toEqual(index.of([imageId(1)]));
    expect(index.of([imageId(1), imageId(2)])).toEqual(both);
    expect(index.of([imageId(2)])).toEqual({ min: 20, max: 20, certainty: 'exact' });
    const told = image(3, { layers: [layer('x', 43)], size: 43 });
    const certain = new LayerIndex(inventory([image(1, doubtful), told]));
    expect(certain.of([imageId(1)])).toEqual({ min: 7, max: 7, certainty: 'exact' });
  });

  it('is on a containerd store a range around the layers and their blobs', () => {
    fc.assert(
      fc.property(withSubset('containerd'), ({ taken: all, ids }) => {
        for (const taken of [all, withoutTwins(all)]) {
          const { min, max, certainty } = new LayerIndex(taken).of(ids);
          expect(certainty).toBe('range');
          expect(max).toBeGreaterThanOrEqual(bruteForce(taken, new Set(ids)));
          if (taken !== all) expect(max - min).toBeLessThanOrEqual(max * 0.25 + 2);
        }
      }),
    );
  });

  it('adds up image by image, in any order, and comes back to nothing', () => {
    const store = fc.constantFrom('classic' as const, 'containerd' as const);
    fc.assert(
      fc.property(
        store.chain((s) => inventories({ store: s })),
        fc.infiniteStream(fc.nat()),
        (taken, picks) => {
          const selection = new LayerIndex(taken).select();
          const order = taken.images
            .map(({ id }) => ({ id, key: picks.next().value as number }))
            .sort((x, y) => x.key - y.key);
          const sum = { min: 0, max: 0 };
          for (const { id } of order) {
            const more = selection.add(id);
            expect(more.min).toBeGreaterThanOrEqual(0);
            expect(more.max).toBeGreaterThanOrEqual(more.min);
            sum.min += more.min;
            sum.max += more.max;
          }
          const total = selection.total();
          expect(total.max).toBe(sum.max);
          // What may go with the first or the last of several of the same layers counts for neither.
          const isKnown = taken.images.every(({ layers }) => layers !== null);
          const isSure =
            taken.engine.store === 'classic' ||
            withoutTwins(taken).images.length === taken.images.length;
          if (isKnown && isSure) expect(total.min).toBe(sum.min);
          else expect(total.min).toBeGreaterThanOrEqual(sum.min);
          for (const { id } of order) selection.remove(id);
          expect(selection.total()).toMatchObject({ min: 0, max: 0 });
        },
      ),
    );
  });

  const shared = inventory([image(1, { layers: [a, b] }), image(2, { layers: [a, c] })]);

  it('counts a layer that two of the set share once, and only if both go', () => {
    const index = new LayerIndex(shared);
    expect(index.of([imageId(1)])).toEqual({ min: 20, max: 20, certainty: 'exact' });
    expect(index.of([imageId(1), imageId(2)])).toEqual({ min: 123, max: 123, certainty: 'exact' });
    expect(index.of([imageId(1), imageId(1), imageId(9)]).max).toBe(20);
    expect(onDisk(shared.images)).toBe(123);
  });

  it.each(['shared', 'unknown'] as const)('with %s build cache is an upper bound', (buildCache) => {
    const index = new LayerIndex({ ...shared, buildCache });
    expect(index.of([imageId(1)])).toEqual({ min: 0, max: 20, certainty: 'at-most' });
  });

  it('is of one of several images of the same layers on a containerd store up to all that they share', () => {
    const twin = (n: number, content: number) => image(n, { layers: [a, b], content });
    const taken = {
      ...inventory([twin(1, 1_510), twin(2, 5_500), image(3, { layers: [a], content: 1_505 })]),
      engine: { ...inventory([]).engine, store: 'containerd' as const },
    };
    const index = new LayerIndex(taken);
    const least = Math.floor(1_500 * 0.89);
    // The layer of 20 bytes, and of the blobs 5 or 3,995 that are the image's own.
    const most = (bytes: number) => Math.ceil(bytes * 1.1);
    expect(index.of([imageId(1)])).toEqual({ min: least, max: most(1_525), certainty: 'range' });
    expect(index.of([imageId(2)])).toEqual({ min: least, max: most(5_515), certainty: 'range' });
    expect(index.ofOne(1)).toEqual(index.of([imageId(2)]));
    // Both: the layer and the smaller blob for certain, the other may be the same one.
    expect(index.of([imageId(1), imageId(2)])).toEqual({
      min: Math.floor(3_025 * 0.89),
      max: most(3_000 + 20 + 5 + 3_995),
      certainty: 'range',
    });
  });

  it('is an upper bound while an image with unknown layers stays, and with it at most its size', () => {
    const index = new LayerIndex(
      inventory([...shared.images, image(3, { layers: null, size: 1_000 })]),
    );
    expect(index.of([imageId(1)])).toEqual({ min: 0, max: 20, certainty: 'at-most' });
    expect(index.of([imageId(3)])).toEqual({ min: 0, max: 1_000, certainty: 'range' });
    expect(index.of([imageId(1), imageId(3)])).toEqual({ min: 20, max: 1_020, certainty: 'range' });
  });
});

describe('blobs of layers', () => {
  const manifest = 1_500;
  const content = (bytes: number) => manifest + bytes;

  it('are exact where an image ends below', () => {
    const images = [
      image(1, { layers: [a], content: content(40) }),
      image(2, { layers: [a, b], content: content(55) }),
      image(3, { layers: [a, c], content: content(41) }),
    ];
    expect(blobsOf(images, chainsOf(images))).toEqual([40, 15, 1]);
  });

  it('are shared by unpacked bytes where none ends, and never more than an image holds', () => {
    const images = [
      image(2, { layers: [a, b], content: content(60) }),
      image(3, { layers: [a, c], content: content(51.5) }),
    ];
    const [ofA, ofB, ofC] = blobsOf(images, chainsOf(images)) as [number, number, number];
    expect(ofA).toBe(50);
    expect(ofA + ofB).toBe(60);
    expect(ofA + ofC).toBeCloseTo(51.5, -1);
  });

  it('come from the size where the content is not told', () => {
    const images = [image(1, { layers: [a], size: 140 + manifest })];
    expect(blobsOf(images, chainsOf(images))).toEqual([40]);
  });
});
