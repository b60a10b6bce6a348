import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { ImageFacts } from '../../../main/domain/facts.js';
import { layerTreeOf } from '../../../main/domain/layer-tree.js';
import { fateOf, fatesOn } from '../../../renderer/app/overview/layers/fates.js';
import {
  endOf,
  goingOn,
  layoutOf,
  nodesOn,
  pathTo,
  zoomTo,
} from '../../../renderer/app/overview/layers/layout.js';
import {
  keyOf,
  linesOf,
  moved,
  type Spot,
  spotOf,
  type Stand,
  standOf,
} from '../../../renderer/app/overview/layers/moves.js';
import { idOf, placeOf } from '../../../renderer/app/overview/layers/place.js';
import { scaleOf, ticksOf } from '../../../renderer/app/overview/layers/scale.js';
import { stepsOf } from '../../../renderer/app/overview/layers/steps.js';
import { togetherWith } from '../../../renderer/app/overview/layers/together.js';
import { image, imageId, inventories, inventory } from '../domain/arbitrary.js';

const rowOf = (
  { id, size, created }: ImageFacts,
  ref: string | null = null,
  verdict: 'keep' | 'remove' = 'keep',
) =>
  ({
    id,
    size,
    refs: ref === null ? [] : [ref],
    repository: ref?.split(':')[0] ?? null,
    created,
    verdict,
  }) as unknown as ImageRow;

const all = inventories({ store: 'classic', images: 30 }).map((taken) => {
  const tree = layerTreeOf(taken);
  const rows = new Map(taken.images.map((one) => [one.id, rowOf(one, one.refs[0] ?? null)]));
  return { tree, layout: layoutOf(tree, rows) };
});

const layer = (chainId: string, size: number) => ({ chainId, size });
const base = layer('a', 100);
const tools = layer('ab', 40);
const built = layer('abc', 20);
const images = [
  image(1, { layers: [base] }),
  image(2, { layers: [base, tools, built, layer('abc1', 1)] }),
  image(3, { created: 1, layers: [base, tools, built, layer('abc2', 2)] }),
  image(4, { layers: [base, tools, layer('ab4', 4)] }),
  image(5, { layers: [layer('z', 500)] }),
  image(6, { layers: null }),
];
const refs = ['debian:12', 'app:1', 'app:2', 'app:3', null, 'ghcr.io/org/new:1'];
const rows = (going: readonly number[]) =>
  new Map(
    images.map((one, i) => [
      one.id,
      rowOf(one, refs[i] ?? null, going.includes(i + 1) ? 'remove' : 'keep'),
    ]),
  );
const tree = layerTreeOf(inventory(images));
const layout = layoutOf(tree, rows([]));
const order = layout.leaves.map(({ id }) => images.findIndex((one) => one.id === id) + 1);
const everything = zoomTo(layout, -1);

describe('the drawing of the layers', () => {
  it('has a place found again by its name, in another tree too', () => {
    const fewer = images.filter((one) => one.id !== imageId(2));
    const other = layoutOf(layerTreeOf(inventory(fewer)), rows([]));
    const spots = [
      ...layout.tree.size.map((_, node): Spot => ({ kind: 'node', node })),
      ...layout.leaves.map((_, row): Spot => ({ kind: 'leaf', row })),
    ];
    for (const spot of spots) {
      const stand = standOf(layout, spot);
      if (!stand) throw new Error('A spot of a tree has a name.');
      expect(spotOf(layout, stand)).toEqual(spot);
      const there = spotOf(other, stand);
      if (there) expect(standOf(other, there)).toEqual(stand);
    }
    const of = (n: number): Stand => ({ kind: 'leaf', name: imageId(n) });
    expect(spotOf(other, of(2))).toBeNull();
    expect(spotOf(other, of(3))).not.toBeNull();
  });

  it('gives each image a row, and each node the rows of the images on it, one after another', () => {
    fc.assert(
      fc.property(all, ({ tree: t, layout: l }) => {
        expect([...l.rowOf.keys()].sort()).toEqual([...t.ends.ids, ...t.unknown].sort());
        t.size.forEach((_, node) => {
          const on = l.leaves.flatMap((leaf, row) =>
            pathTo(l, leaf.node).includes(node) ? [row] : [],
          );
          expect(on).toEqual(on.map((_row, i) => (l.row[node] ?? 0) + i));
          expect(on).toHaveLength(t.images[node] ?? 0);
        });
      }),
    );
  });

  it('begins each node where the one below it ends, and draws what its rows stand on', () => {
    fc.assert(
      fc.property(all, ({ tree: t, layout: l }) => {
        for (const leaf of l.leaves) {
          const path = pathTo(l, leaf.node);
          expect(endOf(l, leaf)).toBe(path.reduce((sum, n) => sum + (t.size[n] ?? 0), 0));
        }
        const every = l.leaves.map((_, row) => row);
        expect(nodesOn(l, zoomTo(l, -1), every)).toEqual(t.size.map((_, node) => node));
      }),
    );
  });

  it('stands by bytes, the newest version first, images before what grows on theirs, the unknown last', () => {
    expect(order).toEqual([5, 1, 3, 2, 4, 6]);
    expect(layout.leaves.at(-1)).toEqual({ id: imageId(6), node: -1, known: false });
  });

  it('names a node by the image that ends there, else by the one repository on it', () => {
    const nameOf = (chainId: string) => layout.name[tree.chainId.indexOf(chainId)];
    expect(nameOf('a')).toBe('debian:12');
    expect(nameOf('ab')).toBe('app');
    expect(nameOf('z')).toBeNull();
  });

  it('counts on each node what goes', () => {
    const going = goingOn(layout, (id) => id === imageId(2) || id === imageId(3));
    expect(going[tree.chainId.indexOf('abc')]).toBe(2);
    expect(going[tree.chainId.indexOf('a')]).toBe(2);
    expect(going[tree.chainId.indexOf('z')]).toBe(0);
  });

  it('tells a run that goes from one that waits for a tick', () => {
    const fate = (could: readonly number[]) => {
      const rows = new Map(
        [2, 3].map((n) => [
          imageId(n),
          { verdict: 'remove', going: !could.includes(n), decidedBy: 'remove' } as ImageRow,
        ]),
      );
      return fateOf(fatesOn(layout, rows), tree.chainId.indexOf('abc'), 2);
    };
    expect([fate([]), fate([2]), fate([2, 3])]).toEqual(['go', 'could', 'could']);
    const none = fatesOn(layout, new Map());
    expect(fateOf(none, tree.chainId.indexOf('abc'), 2)).toBeNull();
  });

  it('shows of a zoom only what stands on its node, beginning at it', () => {
    const node = tree.chainId.indexOf('ab');
    const zoom = zoomTo(layout, node);
    expect(zoom).toEqual({ node, row: 2, rows: 3, start: 100 });
    const drawn = nodesOn(layout, zoom, [2, 3, 4]);
    expect(drawn).not.toContain(tree.chainId.indexOf('a'));
    expect(drawn).toContain(node);
  });

  it('leaves each name its room, and has round figures on its axis', () => {
    const scale = scaleOf(layout, everything, 800, () => 60);
    for (const leaf of layout.leaves)
      expect(endOf(layout, leaf) * scale + 60).toBeLessThanOrEqual(800);
    expect(scaleOf(layout, everything, 800, () => 5000) * 500).toBeCloseTo(800 * 0.45);
    expect(ticksOf(800 / 1.7e9, 800).slice(0, 3)).toEqual([0, 2e8, 4e8]);
    expect(ticksOf(0, 800)).toEqual([]);
  });
});

describe('the keys', () => {
  const at = (spot: Spot, key: string) => {
    const to = moved(layout, everything, spot, key, 10);
    return to && keyOf(to);
  };
  const node = (chainId: string) => tree.chainId.indexOf(chainId);

  it('lead along the layers and from image to image', () => {
    expect(at({ kind: 'leaf', row: 0 }, 'ArrowDown')).toBe('r1');
    expect(at({ kind: 'leaf', row: 0 }, 'ArrowUp')).toBe('r0');
    expect(at({ kind: 'leaf', row: 2 }, 'ArrowLeft')).toBe(`n${node('abc2')}`);
    expect(at({ kind: 'node', node: node('a') }, 'ArrowRight')).toBe('r1');
    expect(at({ kind: 'node', node: node('z') }, 'ArrowDown')).toBe(`n${node('a')}`);
    expect(at({ kind: 'node', node: node('abc') }, 'ArrowDown')).toBe(`n${node('ab4')}`);
    expect(at({ kind: 'node', node: node('a') }, 'ArrowDown')).toBe('r5');
    expect(at({ kind: 'leaf', row: 3 }, 'End')).toBe('r5');
    expect(at({ kind: 'leaf', row: 3 }, 'Tab')).toBeNull();
  });

  it('stay within a zoom', () => {
    const zoom = zoomTo(layout, node('ab'));
    const inside = (spot: Spot, key: string) => moved(layout, zoom, spot, key, 10);
    expect(inside({ kind: 'leaf', row: 4 }, 'PageDown')).toEqual({ kind: 'leaf', row: 4 });
    expect(inside({ kind: 'node', node: node('ab') }, 'ArrowLeft')).toEqual({
      kind: 'node',
      node: node('ab'),
    });
  });
});

describe('the same as a table', () => {
  it('holds every byte once, and each image', () => {
    fc.assert(
      fc.property(all, ({ tree: t, layout: l }) => {
        const lines = linesOf(l, zoomTo(l, -1));
        const sum = (list: readonly number[]) => list.reduce((total, n) => total + n, 0);
        expect(sum(lines.map(({ bytes }) => bytes))).toBe(sum(t.size));
        expect(lines.filter(({ kind }) => kind === 'leaf')).toHaveLength(l.leaves.length);
      }),
    );
  });
});

describe('what goes further together', () => {
  const together = (n: number, going: readonly number[]) =>
    togetherWith(layout, imageId(n), rows(going));

  it('takes in versions that go, and names who keeps what is below', () => {
    expect(together(2, [2, 4])).toEqual({
      with: [],
      bytes: 1,
      stays: { bytes: 20, for: [imageId(3)] },
    });
    expect(together(2, [2, 3])).toEqual({
      with: [imageId(3)],
      bytes: 23,
      stays: { bytes: 40, for: [imageId(4)] },
    });
    expect(together(4, [2, 4])).toEqual({
      with: [imageId(2)],
      bytes: 5,
      stays: { bytes: 40, for: [imageId(3)] },
    });
  });

  it('takes all of it where nothing keeps the base', () => {
    expect(together(2, [1, 2, 3, 4])).toEqual({
      with: [1, 3, 4].map(imageId),
      bytes: 167,
      stays: null,
    });
  });

  it('says nothing of an image that shares nothing, or whose layers are not known', () => {
    expect(together(5, [])).toEqual({ with: [], bytes: 500, stays: null });
    expect(together(6, [])).toBeNull();
  });
});

it('calls a run of layers by the step of its largest', () => {
  const made = (size: number, step: number | null) => ({
    chainId: '',
    size,
    sharedWith: 0,
    sharers: [],
    step,
  });
  const step = (instruction: string | null, text: string) => ({
    instruction,
    text,
    whole: '',
    created: null,
  });
  const told = {
    layers: [made(5, 0), made(9, null), made(7, 1), made(1, null)],
    steps: [step('ADD', 'rootfs'), step(null, 'pip install')],
    unjoined: null,
  };
  expect(stepsOf(told, [1, 2, 1])).toEqual(['ADD rootfs', 'pip install', null]);
  expect(stepsOf({ ...told, layers: null }, [1])).toEqual([null]);
});

it('has a place in the address, with the image that is chosen', () => {
  expect(placeOf(null)).toBeNull();
  expect(placeOf(idOf(null))).toEqual({ image: null });
  expect(placeOf(idOf(imageId(1)))).toEqual({ image: imageId(1) });
});
