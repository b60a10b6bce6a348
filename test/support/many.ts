import type { ImageSpec } from '../../scripts/lib/image-archive.mjs';
import type { TestEngine } from './engine.js';
import { type LoadedImage, loadImages } from './images.js';

/** By this policy every image of `loadMany` goes. */
export const manyPolicy = (pause = '0s') => `version: 1
grace: 0s
remove:
  - { id: all, match: "many/**" }
limits: { pause: ${pause} }
`;

/** Fills an engine with that many tiny images on one shared base, each with a layer of its own. */
export function loadMany(engine: TestEngine, count: number): Promise<LoadedImage[]> {
  const specs = Array.from({ length: count }, (_, n): ImageSpec => ({
    refs: [`many/app${n}:1`],
    created: new Date(Date.UTC(2026, 9, 1) + n * 60_000).toISOString(),
    layers: ['busybox', { key: `own${n}`, kB: 1 }],
  }));
  return loadImages(engine, specs);
}
