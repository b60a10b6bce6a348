import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../main/adapters/docker/types.js';
import type { ImageFacts } from '../../main/domain/facts.js';
import { LayerIndex } from '../../main/domain/layers.js';
import { must } from '../../scripts/lib/process.mjs';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadImages, type ImageSpec } from '../support/images.js';

const kinds = [
  { version: '20.10', store: 'classic' },
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
] as const;

/** Numbers from 0 to 1, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** 40 images in four families: shared bases, some of them images themselves, and own layers. */
function specs(next: () => number): ImageSpec[] {
  const size = (most: number) => 4 + Math.floor(next() * most);
  return Array.from({ length: 4 }, (_, family) => {
    const base = [
      { key: `base-${family}`, kB: size(900) },
      { key: `tools-${family}`, kB: size(400) },
    ];
    return Array.from({ length: 10 }, (_, n): ImageSpec => {
      const shared = n === 0 && family % 2 === 0 ? base.slice(0, 1) : base;
      const middle = n > 5 ? [{ key: `middle-${family}`, kB: 120 }] : [];
      const own = n === 0 ? [] : [{ key: `own-${family}-${n}`, kB: size(500) }];
      return { refs: [`family${family}/image${n}:1`], layers: [...shared, ...middle, ...own] };
    });
  }).flat();
}

/** Bytes that blobs and snapshots take in the engine's own folder. */
async function bytesOnDisk(root: string): Promise<number> {
  const parts = ['io.containerd.content.v1.content', 'io.containerd.snapshotter.v1.overlayfs'];
  const folders = parts.map((part) => path.join(root, part));
  const told = await must('du', ['-s', '-c', '--block-size=1', ...folders]);
  return Number.parseInt(told.trim().split('\n').at(-1) ?? '', 10);
}

async function facts(engine: DockerEngine): Promise<ImageFacts[]> {
  const { images } = await engine.list();
  return Promise.all(
    images.map(async (listed): Promise<ImageFacts> => {
      const read = await engine.readImage(listed.id);
      if (!read) throw new Error(`${listed.id} is gone`);
      return {
        ...listed,
        ...read.nature,
        ...read.state,
        formerRefs: [],
        arrived: null,
        used: null,
        usedBy: [],
        origin: 'unknown',
        recoverable: { state: 'unknown' },
        projects: [],
      };
    }),
  );
}

describe.each(kinds)('what a set of images frees, $version $store', ({ version, store }) => {
  let test: TestEngine;
  let engine: DockerEngine;

  beforeAll(async () => {
    test = await startEngine({ version, store });
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  it.each([11, 12, 13])('is what the engine counts less afterwards, subset %i', async (seed) => {
    const next = numbers(seed);
    await loadImages(test, specs(numbers(7)), 'reclaimable');
    const images = await facts(engine);
    const share = 0.2 + 0.6 * next();
    const gone = images.filter(() => next() < share);
    const index = new LayerIndex({ images, buildCache: 'none', engine: { store } });
    const { min, max, certainty } = index.of(gone.map(({ id }) => id));

    // Before 28 a containerd store's LayersSize counts no blobs: there the files are measured.
    const count = async () =>
      (await engine.layersSize(60_000)) ?? (await bytesOnDisk(engine.diskRoots[0] ?? ''));
    const before = await count();
    for (const { refs } of gone)
      for (const ref of refs) expect(await engine.untag(ref)).toEqual({ done: true });
    const after = await count();
    const left = new Set((await engine.list()).images.map(({ id }) => id));
    expect(gone.filter(({ id }) => left.has(id)).map(({ refs }) => refs)).toEqual([]);
    const measured = before - after;
    if (store === 'classic') {
      expect(certainty).toBe('exact');
      expect(Math.abs(min - measured)).toBeLessThanOrEqual(measured / 1_000);
      expect(max).toBe(min);
    } else {
      expect(certainty).toBe('range');
      expect({ min, measured, max }).toSatisfy(() => min <= measured && measured <= max);
      expect(max - min).toBeLessThanOrEqual(measured / 4);
    }
  });
});
