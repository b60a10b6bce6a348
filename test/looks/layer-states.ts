import type { Result } from '../../main/contract/commands.js';
import type { ImageRow, Slices } from '../../main/contract/slices.js';
import type { ImageFacts, Layer } from '../../main/domain/facts.js';
import { layerTreeOf } from '../../main/domain/layer-tree.js';
import { LayerIndex } from '../../main/domain/layers.js';
import { DAY, NOW } from './base.js';
import { noteRow } from './store.js';
import { slicesOf } from './synthetic.js';

type Kind = 'use' | 'hold' | 'protected' | 'keep' | 'go' | 'could' | 'unknown';
interface Image {
  repository: string | null;
  tag: string;
  kind: Kind;
}
/** MB of a layer, and what ends or stands on it. */
type Branch = [mb: number, ...on: (Image | Branch)[]];

const img = (name: string, kind: Kind): Image => {
  const colon = name.lastIndexOf(':');
  return colon < 0
    ? { repository: null, tag: name, kind }
    : { repository: name.slice(0, colon), tag: name.slice(colon + 1), kind };
};
const app = (mb: number, name: string, kind: Kind): Branch => [mb, img(name, kind)];

/** A developer's store: two languages on one base, a database, browsers, and some that share nothing. */
const branches: Branch[] = [
  [
    117,
    img('debian:bookworm', 'keep'),
    [
      587,
      img('buildpack-deps:bookworm', 'keep'),
      [
        226,
        img('python:3.12', 'keep'),
        [1240, app(212, 'myorg/api:1.14.0', 'use'), app(208, 'myorg/api:1.13.2', 'hold')],
        [
          1180,
          app(205, 'myorg/api:1.13.1', 'keep'),
          app(204, 'myorg/api:1.13.0', 'go'),
          app(198, 'myorg/api:1.12.4', 'go'),
        ],
        [
          1620,
          app(196, 'myorg/api:1.12.0', 'go'),
          app(190, 'myorg/api:1.11.2', 'go'),
          app(188, 'myorg/api:1.11.0', 'go'),
        ],
        [860, app(120, 'myorg/worker:1.14.0', 'use'), app(118, 'myorg/worker:1.13.2', 'keep')],
        [810, app(112, 'myorg/worker:1.11.0', 'could'), app(110, 'myorg/worker:1.10.2', 'go')],
        [845, img('3e0c9b71', 'go')],
      ],
      [
        202,
        img('node:22', 'keep'),
        [412, app(96, 'myorg/web:2.9.0', 'use'), app(94, 'myorg/web:2.8.4', 'hold')],
        [376, app(88, 'myorg/web:2.7.5', 'could'), app(88, 'myorg/web:2.7.1', 'could')],
        [405, app(97, 'b81f40d2', 'go'), app(96, '07ca5e13', 'go')],
        app(655, 'ghcr.io/myorg/storybook:8.4', 'keep'),
      ],
      [198, img('node:20', 'go'), app(640, 'ghcr.io/myorg/storybook:7.6', 'go')],
      app(239, 'python:3.11', 'go'),
    ],
  ],
  [
    75,
    app(362, 'postgres:16', 'use'),
    app(360, 'postgres:16.4', 'protected'),
    app(118, 'nginx:1.27', 'use'),
    app(42, 'redis:7.4', 'use'),
    app(41, 'redis:7.2', 'go'),
  ],
  [
    78,
    img('ubuntu:24.04', 'keep'),
    app(2140, 'mcr.microsoft.com/playwright:v1.49.0', 'keep'),
    app(2110, 'mcr.microsoft.com/playwright:v1.48.2', 'go'),
  ],
  app(1150, 'localstack/localstack:3.8', 'unknown'),
  app(1, 'registry.k8s.io/pause:3.10', 'protected'),
];

const hex = (n: number) => `sha256:${(0xabc000 + n).toString(16)}${'7'.repeat(58)}`;

const decisions: Record<Kind, Pick<ImageRow, 'decidedBy' | 'code' | 'rule'>> = {
  use: { decidedBy: 'hold', code: 'used', rule: null },
  hold: { decidedBy: 'hold', code: 'rollback', rule: null },
  protected: { decidedBy: 'protect', code: 'rule', rule: 'protect[0]' },
  keep: { decidedBy: 'keep', code: 'rule', rule: 'recent' },
  go: { decidedBy: 'remove', code: 'rule', rule: 'stale' },
  could: { decidedBy: 'remove', code: 'rule', rule: 'stale' },
  unknown: { decidedBy: 'hold', code: 'fact-unknown', rule: null },
};

interface Told {
  image: Image;
  layers: Layer[] | null;
}

function toldOf(all: readonly Branch[], below: Layer[] = []): Told[] {
  return all.flatMap(([mb, ...on], i): Told[] => {
    const chainId = `${below.at(-1)?.chainId ?? ''}/${i}`;
    const layers = [...below, { chainId, size: mb * 1e6 }];
    return [
      ...on.flatMap((one) => (Array.isArray(one) ? [] : [{ image: one, layers }])),
      ...toldOf(
        on.flatMap((one) => (Array.isArray(one) ? [one] : [])),
        layers,
      ),
    ];
  });
}

/** A store with the tree of its layers: figures and tree agree, as main's do. */
export interface LayeredStore {
  slices: Slices;
  tree: Result<'layers.tree'>;
}

function storeOf(told: readonly Told[], store: 'classic' | 'containerd'): LayeredStore {
  const facts = told.map(({ layers }, n) => ({
    id: hex(n),
    layers,
    layersInDoubt: false,
    size: layers?.reduce((sum, { size }) => sum + size, 0) ?? 310e6,
    content: null,
  })) as Partial<ImageFacts>[] as ImageFacts[];
  const inventory = { images: facts, buildCache: 'none' as const, engine: { store } };
  const index = new LayerIndex(inventory);
  const rows = told.map(({ image: { repository, tag, kind } }, n): ImageRow => ({
    id: hex(n),
    refs: repository === null ? [] : [`${repository}:${tag}`],
    repository,
    size: facts[n]?.size ?? 0,
    unique: index.ofOne(n),
    created: NOW - (n + 2) * DAY,
    used: NOW - n * DAY,
    usedBy: kind === 'use' ? ['api'] : [],
    verdict: kind === 'go' || kind === 'could' ? 'remove' : 'keep',
    going: kind === 'go',
    ...decisions[kind],
    protected: kind === 'protected' ? 'toggle' : null,
    estimate: false,
    recoverable: 'likely',
    project: null,
  }));
  rows.forEach((row, n) => {
    const own = facts[n];
    if (own) noteRow(row, own, index);
  });
  return { slices: slicesOf(rows), tree: layerTreeOf(inventory) };
}

export const layered = storeOf(toldOf(branches), 'containerd');
export const classic = storeOf(toldOf(branches), 'classic');

/** Two images of which the engine did not tell the layers. */
export const partlyKnown = storeOf(
  [
    ...toldOf(branches.slice(1)),
    { image: img('myorg/fresh:1', 'keep'), layers: null },
    { image: img('5f1d3c22', 'go'), layers: null },
  ],
  'containerd',
);

/** As many images as the view has to bear: services of teams, each on its team's base. */
export function hugeStore(images: number): LayeredStore {
  const kinds = ['go', 'keep', 'use', 'keep', 'protected'] as const;
  const told = Array.from({ length: images }, (_, n): Told => {
    const service = n % 611;
    const team = service % 37;
    const base = { chainId: `/${team % 9}`, size: 80e6 + (team % 9) * 30e6 };
    const tools = { chainId: `/${team % 9}/${team}`, size: 100e6 + team * 9e6 };
    const built = { chainId: `${tools.chainId}/${service}`, size: 60e6 + (service % 50) * 8e6 };
    const own = { chainId: `${built.chainId}/${n}`, size: 1e6 + ((n * 7919) % 400) * 1e6 };
    return {
      image: img(`team${team}/service-${service}:2.${n}.0`, kinds[n % 5] ?? 'keep'),
      layers: [base, tools, built, own],
    };
  });
  return storeOf(told, 'containerd');
}

export const idOf = (store: LayeredStore, ref: string): string =>
  store.slices.images.upsert.find(({ refs }) => refs.includes(ref))?.id ?? '';

/** The tree once an image is gone that others stand on. */
export function without({ tree }: LayeredStore, id: string): LayeredStore['tree'] {
  const place = tree.ends.ids.indexOf(id);
  const last = tree.ends.nodes[place] ?? -1;
  const images = [...tree.images];
  for (let node = last; node >= 0; node = tree.parent[node] ?? -1)
    images[node] = (images[node] ?? 1) - 1;
  const others = <T>(list: readonly T[]) => list.filter((_, i) => i !== place);
  return {
    ...tree,
    images,
    ends: { ids: others(tree.ends.ids), nodes: others(tree.ends.nodes) },
  };
}
