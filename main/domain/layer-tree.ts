import { blobsOf, manifestBytes } from './blobs.js';
import { chainsOf, type Chains } from './chains.js';
import type { Inventory } from './facts.js';
import { containerdSpread } from './layers.js';
import type { Certainty, Reclaimable } from './verdict/types.js';

/**
 * The prefix tree of all images' layers by chain ID. A node is a run of layers that the very same
 * images stand on; the arrays are parallel, by the node's number, and a parent stands before what
 * grows on it.
 */
export interface LayerTree {
  /** Of the topmost layer of the run. */
  chainId: string[];
  /** Bytes on disk, on a containerd store with the layers' blobs. */
  size: number[];
  /** The node below; -1 at the root. */
  parent: number[];
  /** How many images stand on it. */
  images: number[];
  /** How many layers the run has. */
  layers: number[];
  /** The images whose layers are known, and the node that each ends at; -1: it has no layers. */
  ends: { ids: string[]; nodes: number[] };
  /** The images whose layers are not known. */
  unknown: string[];
  /** Bytes on disk that each image takes besides layers, the unknown ones too. */
  perImage: number;
  /** What any figure of bytes set free is, that is added up from the nodes. */
  certainty: Certainty;
}

/**
 * Every byte that images take on the disk, once: the nodes' bytes and `perImage` for each image add
 * up to `onDisk`.
 */
export function layerTreeOf({
  images,
  buildCache,
  engine: { store },
}: Pick<Inventory, 'images' | 'buildCache'> & {
  engine: { store: 'classic' | 'containerd' };
}): LayerTree {
  const chains = chainsOf(images);
  // As `onDisk` does: an engine that counts blobs tells them for each image.
  const hasBlobs = images.some(({ content }) => content !== null);
  const blobs = hasBlobs ? blobsOf(images, chains) : null;
  const tree: LayerTree = {
    chainId: [],
    size: [],
    parent: [],
    images: [],
    layers: [],
    ends: { ids: [], nodes: [] },
    unknown: [],
    perImage: hasBlobs ? manifestBytes : 0,
    certainty: 'exact',
  };
  const nodeOf = new Map<number, number>();
  const chainIds = [...chains.numberOf.keys()];
  images.forEach(({ id }, place) => {
    const chain = chains.ofImage[place];
    if (!chain) {
      tree.unknown.push(id);
      return;
    }
    tree.ends.ids.push(id);
    tree.ends.nodes.push(grow(tree, chain, chains, blobs, nodeOf, chainIds));
  });
  if (buildCache === 'shared' || buildCache === 'unknown' || tree.unknown.length > 0)
    tree.certainty = 'at-most';
  else if (store === 'containerd') tree.certainty = 'range';
  else if (images.some(({ layersInDoubt }) => layersInDoubt)) tree.certainty = 'at-least';
  return tree;
}

/** Takes in one image's layers; gives the node that it ends at. */
function grow(
  tree: LayerTree,
  chain: readonly number[],
  { users, sizes }: Chains,
  blobs: readonly number[] | null,
  nodeOf: Map<number, number>,
  chainIds: readonly string[],
): number {
  let below = -1;
  for (const layer of chain) {
    let node = nodeOf.get(layer);
    if (node === undefined) {
      // Whoever stands on a layer stands on the one below: as many of them are the same ones.
      if (below >= 0 && tree.images[below] === users[layer]) node = below;
      else {
        node = tree.size.length;
        tree.parent.push(below);
        tree.images.push(users[layer] ?? 1);
        tree.size.push(0);
        tree.layers.push(0);
        tree.chainId.push('');
      }
      nodeOf.set(layer, node);
      tree.size[node] = (tree.size[node] ?? 0) + (sizes[layer] ?? 0) + (blobs?.[layer] ?? 0);
      tree.layers[node] = (tree.layers[node] ?? 0) + 1;
      tree.chainId[node] = chainIds[layer] ?? '';
    }
    below = node;
  }
  return below;
}

/** Bytes that go when these images go together: the nodes that only they stand on. */
export function freedBy(tree: LayerTree, ids: ReadonlySet<string>): number {
  const going = new Uint32Array(tree.size.length);
  let bytes = 0;
  tree.ends.ids.forEach((id, i) => {
    if (!ids.has(id)) return;
    bytes += tree.perImage;
    const node = tree.ends.nodes[i] ?? -1;
    if (node >= 0) going[node] = (going[node] ?? 0) + 1;
  });
  for (let node = tree.size.length - 1; node >= 0; node--) {
    const count = going[node] ?? 0;
    if (count === 0) continue;
    if (count === tree.images[node]) bytes += tree.size[node] ?? 0;
    const below = tree.parent[node] ?? -1;
    if (below >= 0) going[below] = (going[below] ?? 0) + count;
  }
  return bytes;
}

/** Bytes added up from nodes, as the figure that they are on this store. */
export function figureOf({ certainty }: Pick<LayerTree, 'certainty'>, bytes: number): Reclaimable {
  const { least, most } =
    certainty === 'range' ? containerdSpread : { least: certainty === 'at-most' ? 0 : 1, most: 1 };
  return { min: Math.floor(bytes * least), max: Math.ceil(bytes * most), certainty };
}
