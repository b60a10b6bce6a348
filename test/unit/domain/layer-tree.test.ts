import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { layerTree } from '../../../main/contract/layers.js';
import type { Inventory } from '../../../main/domain/facts.js';
import { figureOf, freedBy, layerTreeOf } from '../../../main/domain/layer-tree.js';
import { LayerIndex, onDisk } from '../../../main/domain/layers.js';
import { image, imageId, inventories, inventory } from './arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const layer = (chainId: string, size: number) => ({ chainId, size });
const either = fc.constantFrom('classic' as const, 'containerd' as const);
const any = either.chain((store) => inventories({ store, images: 40 }));

/** The chain that a node stands for, from the base up, as the images tell it. */
function chainsTo(taken: Inventory) {
  const tree = layerTreeOf(taken);
  const path = (node: number): number[] =>
    node < 0 ? [] : [...path(tree.parent[node] ?? -1), node];
  return { tree, path };
}

describe('the tree of layers', () => {
  it('holds every byte on the disk exactly once', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const tree = layerTreeOf(taken);
        const nodes = tree.size.reduce((sum, size) => sum + size, 0);
        expect(nodes + tree.perImage * taken.images.length).toBe(onDisk(taken.images));
      }),
    );
  });

  it('leads from the root to each image through as many layers as it has', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const { tree, path } = chainsTo(taken);
        const byId = new Map(taken.images.map((one) => [one.id, one]));
        expect([...tree.ends.ids, ...tree.unknown].sort()).toEqual([...byId.keys()].sort());
        const standing = tree.size.map(() => 0);
        tree.ends.ids.forEach((id, i) => {
          const nodes = path(tree.ends.nodes[i] ?? -1);
          const layers = byId.get(id)?.layers ?? [];
          expect(nodes.reduce((sum, n) => sum + (tree.layers[n] ?? 0), 0)).toBe(layers.length);
          let top = -1;
          for (const n of nodes) {
            top += tree.layers[n] ?? 0;
            expect(tree.chainId[n]).toBe(layers[top]?.chainId);
            standing[n] = (standing[n] ?? 0) + 1;
          }
        });
        expect(tree.images).toEqual(standing);
        for (const id of tree.unknown) expect(byId.get(id)?.layers).toBeNull();
      }),
    );
  });

  it('has a node for each set of images, and no run in two', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const { tree } = chainsTo(taken);
        tree.parent.forEach((below, n) => {
          expect(below).toBeLessThan(n);
          if (below >= 0) expect(tree.images[n]).toBeLessThan(tree.images[below] ?? 0);
        });
      }),
    );
  });

  it('tells what any set of images frees on a classic store, to the byte', () => {
    const withSubset = inventories({ store: 'classic', images: 40 }).chain((all) => {
      const images = all.images.filter((one) => one.layers !== null && !one.layersInDoubt);
      const taken = { ...all, images, buildCache: 'none' as const };
      return fc.record({
        taken: fc.constant(taken),
        ids: fc.shuffledSubarray(images.map(({ id }) => id)),
      });
    });
    fc.assert(
      fc.property(withSubset, ({ taken, ids }) => {
        const tree = layerTreeOf(taken);
        expect(figureOf(tree, freedBy(tree, new Set(ids)))).toEqual(new LayerIndex(taken).of(ids));
      }),
    );
  });

  it('is as sure of a figure as the account of a set is', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const { certainty } = layerTreeOf(taken);
        const index = new LayerIndex(taken);
        const all = taken.images.map((_, place) => index.ofOne(place));
        if (certainty === 'exact') for (const figure of all) expect(figure.certainty).toBe('exact');
        if (certainty === 'at-most' && !taken.images.some(({ layers }) => layers === null))
          for (const figure of all) expect(figure.certainty).toBe('at-most');
      }),
    );
  });

  it('merges what the same images stand on, and parts where one ends', () => {
    const [a, b, c, d] = [layer('a', 1), layer('ab', 2), layer('abc', 4), layer('abd', 8)];
    const taken = inventory([
      image(1, { layers: [a, b, c] }),
      image(2, { layers: [a, b, d] }),
      image(3, { layers: [a, b] }),
      image(4, { layers: [] }),
      image(5, { layers: null }),
    ]);
    expect(layerTreeOf(taken)).toEqual({
      chainId: ['ab', 'abc', 'abd'],
      size: [3, 4, 8],
      parent: [-1, 0, 0],
      images: [3, 1, 1],
      layers: [2, 1, 1],
      ends: { ids: [1, 2, 3, 4].map(imageId), nodes: [1, 2, 0, -1] },
      unknown: [imageId(5)],
      perImage: 0,
      certainty: 'at-most',
    });
  });

  it('is of a shape that the window reads', () => {
    fc.assert(
      fc.property(any, (taken) => {
        const tree = layerTreeOf(taken);
        expect(layerTree.parse(tree)).toEqual(tree);
      }),
    );
  });
});
