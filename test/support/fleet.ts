import type { ImageSpec } from '../../scripts/lib/image-archive.mjs';
import type { TestEngine } from './engine.js';
import { type LoadedImage, loadImages, pushImage, runContainer } from './images.js';

/** A policy by which everything that nothing holds goes, but the newest of each repository. */
export const testPolicy = `version: 1
grace: 0s
protect:
  - { labels: { careen.keep: "true" } }
keep:
  - { id: newest, match: "**", last: 1 }
remove:
  - { id: untagged, untagged: true }
  - { id: old, match: "**" }
limits: { pause: 0s }
`;

const day = (n: number) => new Date(Date.UTC(2026, 9, n)).toISOString();

/** Layers: a base for all, one for each family, one of its own. */
const layers = (family: string, own: string): NonNullable<ImageSpec['layers']> => [
  'busybox',
  { key: `${family}-deps`, kB: 400 },
  { key: own, kB: 100 },
];

/**
 * Three repositories with 12 images: several versions each, two tags on one image, one dangling,
 * one used by a running and one by a stopped container, one base layer shared by all.
 */
const specs = {
  api1: { refs: ['myorg/api:1.0'], created: day(1), layers: layers('api', 'api1') },
  api2: { refs: ['myorg/api:1.1'], created: day(2), layers: layers('api', 'api2') },
  api3: {
    refs: ['myorg/api:1.2', 'myorg/api:stable'],
    created: day(3),
    layers: layers('api', 'api3'),
  },
  api4: { refs: ['myorg/api:1.3'], created: day(4), layers: layers('api', 'api4') },
  api5: { refs: ['myorg/api:1.4'], created: day(5), layers: layers('api', 'api5') },
  web1: { refs: ['myorg/web:2.0'], created: day(1), layers: layers('web', 'web1') },
  web2: { refs: ['myorg/web:2.1'], created: day(2), layers: layers('web', 'web2') },
  web3: { refs: ['myorg/web:2.2'], created: day(3), layers: layers('web', 'web3') },
  tool1: { refs: ['127.0.0.1:5000/tool:a'], created: day(1), layers: layers('tool', 'tool1') },
  tool2: { refs: ['127.0.0.1:5000/tool:b'], created: day(2), layers: layers('tool', 'tool2') },
  tool3: { refs: ['127.0.0.1:5000/tool:c'], created: day(3), layers: layers('tool', 'tool3') },
  loose: { created: day(6), layers: layers('loose', 'loose1') },
} satisfies Record<string, ImageSpec>;

export type FleetName = keyof typeof specs;
export type Fleet = Record<FleetName, LoadedImage>;

export interface FleetOptions {
  /** Whether its third repository is in the registry at 127.0.0.1:5000, so that it can be had again. */
  pushed?: boolean;
}

/** Fills an engine with the twelve images and their two containers. */
export async function loadFleet(
  engine: TestEngine,
  { pushed = false }: FleetOptions = {},
): Promise<Fleet> {
  const names = Object.keys(specs) as FleetName[];
  const loaded = await loadImages(engine, Object.values(specs));
  const fleet = Object.fromEntries(names.map((name, n) => [name, loaded[n]])) as Fleet;
  if (pushed)
    for (const { refs } of [specs.tool1, specs.tool2, specs.tool3])
      for (const ref of refs) await pushImage(engine, ref);
  await runContainer(engine, { image: 'myorg/api:1.1', name: 'api-runs' });
  await runContainer(engine, { image: 'myorg/web:2.0', name: 'web-stopped', state: 'exited' });
  return fleet;
}

/** IDs of everything that the engine lists, sorted. */
export async function imageIds(engine: TestEngine): Promise<string[]> {
  return (await engine.docker.listImages()).map((i) => i.Id).sort();
}
