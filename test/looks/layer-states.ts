import type { Result } from '../../main/contract/commands.js';
import type { ImageRow, Slices } from '../../main/contract/slices.js';
import type { ImageFacts, Layer } from '../../main/domain/facts.js';
import { layerTreeOf } from '../../main/domain/layer-tree.js';
import { LayerIndex } from '../../main/domain/layers.js';
import { DAY, NOW } from './base.js';
import { noteRow } from './store.js';
import { slicesOf } from './synthetic.js';

type Kind = 'use' | 'protected' | 'keep' | 'go';
interface Image {
  repository: string;
  tag: string;
  kind: Kind;
}

const hex = (n: number) => `sha256:${(0xabc000 + n).toString(16)}${'7'.repeat(58)}`;

const decisions: Record<Kind, Pick<ImageRow, 'decidedBy' | 'code' | 'rule'>> = {
  use: { decidedBy: 'hold', code: 'used', rule: null },
  protected: { decidedBy: 'protect', code: 'rule', rule: 'protect[0]' },
  keep: { decidedBy: 'keep', code: 'rule', rule: 'recent' },
  go: { decidedBy: 'remove', code: 'rule', rule: 'stale' },
};

interface Told {
  image: Image;
  layers: Layer[] | null;
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
    refs: [`${repository}:${tag}`],
    repository,
    size: facts[n]?.size ?? 0,
    unique: index.ofOne(n),
    created: NOW - (n + 2) * DAY,
    used: NOW - n * DAY,
    usedBy: kind === 'use' ? ['api'] : [],
    verdict: kind === 'go' ? 'remove' : 'keep',
    going: kind === 'go',
    ...decisions[kind],
    protected: kind === 'protected' ? 'toggle' : null,
    estimate: false,
    recoverable: 'likely',
    project: null,
  }));
  rows.forEach((row, n) => {
    const own = facts[n];
    if (own) noteRow(row, { facts: own, store: facts, index });
  });
  return { slices: slicesOf(rows), tree: layerTreeOf(inventory) };
}

/** Services of teams, each on its team's base. */
function servicesOf(images: number): Told[] {
  const kinds = ['go', 'keep', 'use', 'keep', 'protected'] as const;
  return Array.from({ length: images }, (_, n) => {
    const service = n % 611;
    const team = service % 37;
    const base = { chainId: `/${team % 9}`, size: 80e6 + (team % 9) * 30e6 };
    const tools = { chainId: `/${team % 9}/${team}`, size: 100e6 + team * 9e6 };
    const built = { chainId: `${tools.chainId}/${service}`, size: 60e6 + (service % 50) * 8e6 };
    const own = { chainId: `${built.chainId}/${n}`, size: 1e6 + ((n * 7919) % 400) * 1e6 };
    return {
      image: {
        repository: `team${team}/service-${service}`,
        tag: `2.${n}.0`,
        kind: kinds[n % 5] ?? 'keep',
      },
      layers: [base, tools, built, own],
    };
  });
}

/** Two images of which the engine did not tell the layers. */
export const partlyKnown = storeOf(
  [
    ...servicesOf(20),
    { image: { repository: 'myorg/fresh', tag: '1', kind: 'keep' }, layers: null },
    { image: { repository: 'myorg/fresh', tag: '0', kind: 'go' }, layers: null },
  ],
  'containerd',
);

/** As many images as the view has to bear. */
export const hugeStore = (images: number): LayeredStore =>
  storeOf(servicesOf(images), 'containerd');

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
