import { hierarchy, type HierarchyNode } from 'd3-hierarchy';
import type { ImageRow } from '../../../../main/contract/slices.js';
import type { LayerTree } from '../../../../main/domain/layer-tree.js';
import { nameParts } from '../../common/names.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** An image at the end of its layers; one stands on each row. */
export interface Leaf {
  id: string;
  /** The node that it ends at; -1: it has no layers, or they are not known. */
  node: number;
  known: boolean;
}

/**
 * The tree lying on its side, root at the left: where each node stands, by its number. It changes
 * with the tree alone, so that nothing jumps when a verdict does.
 */
export interface Layout {
  tree: LayerTree;
  leaves: Leaf[];
  /** By image ID. */
  rowOf: ReadonlyMap<string, number>;
  /** Bytes below the node. */
  start: Float64Array;
  /** Its first row, and how many it spans: as many as images stand on it. */
  row: Uint32Array;
  /** How many nodes are below it. */
  depth: Uint32Array;
  /** An image's that ends there, else the repository's that all on it are of; null: of several. */
  name: (string | null)[];
  /** The nodes that an image with a name ends at. */
  ends: ReadonlySet<number>;
}

interface Datum {
  /** -1: the root of all roots, and leaves. */
  node: number;
  id: string | null;
  children: Datum[];
  /** Bytes of it and of all above. */
  bytes: number;
  /** What it stands by among its siblings: the repository and age of the first image on it. */
  lead: { repository: string; created: number; id: string };
  /** Bytes of all its siblings of that repository. */
  group: number;
  /** Undefined: of several repositories. */
  repository: string | null | undefined;
}

const LAST = '\uffff';

function datum(node: number, id: string | null, rows: Rows, bytes: number): Datum {
  const row = id === null ? undefined : rows.get(id);
  const repository = row?.repository ?? null;
  return {
    node,
    id,
    children: [],
    bytes,
    lead: { repository: repository ?? LAST, created: row?.created ?? 0, id: id ?? '' },
    group: 0,
    repository,
  };
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byLead = ({ lead: a }: Datum, { lead: b }: Datum) =>
  text(a.repository, b.repository) || b.created - a.created || text(a.id, b.id);

/** Images that end at a node first; then what takes most, versions of a repository together. */
const bySize = ({ data: a }: HierarchyNode<Datum>, { data: b }: HierarchyNode<Datum>) =>
  Number(a.id === null) - Number(b.id === null) || b.group - a.group || byLead(a, b);

/** Where each layer and each image stands; `rows` tell the images' names and ages. */
export function layoutOf(tree: LayerTree, rows: Rows): Layout {
  const count = tree.size.length;
  const top = datum(-1, null, rows, 0);
  const data = tree.size.map((size, node) => datum(node, null, rows, size));
  data.forEach((one, node) => (data[tree.parent[node] ?? -1] ?? top).children.push(one));
  tree.ends.ids.forEach((id, i) => {
    const node = tree.ends.nodes[i] ?? -1;
    (data[node] ?? top).children.push(datum(-1, id, rows, 0));
  });
  const layout: Layout = {
    tree,
    leaves: [],
    rowOf: new Map(),
    start: new Float64Array(count),
    row: new Uint32Array(count),
    depth: new Uint32Array(count),
    name: new Array<string | null>(count).fill(null),
    ends: new Set(
      tree.ends.nodes.filter((_, i) => rows.get(tree.ends.ids[i] ?? '')?.refs[0] !== undefined),
    ),
  };
  const rowOf = new Map<string, number>();
  const leaf = (id: string, node: number, known: boolean) => {
    rowOf.set(id, layout.leaves.length);
    layout.leaves.push({ id, node, known });
  };
  if (top.children.length > 0)
    hierarchy(top)
      .eachAfter(({ data: one }) => gather(one))
      .sort(bySize)
      .eachBefore(({ data: one, parent, depth }) => {
        const below = parent?.data.node ?? -1;
        if (one.id !== null) leaf(one.id, below, true);
        else if (one.node >= 0) {
          layout.row[one.node] = layout.leaves.length;
          layout.depth[one.node] = depth - 1;
          layout.start[one.node] =
            below < 0 ? 0 : (layout.start[below] ?? 0) + (tree.size[below] ?? 0);
          layout.name[one.node] = nameOf(one, rows);
        }
      });
  for (const id of tree.unknown) leaf(id, -1, false);
  return { ...layout, rowOf };
}

/** What a node is sorted and named by, out of what grows on it. */
function gather(one: Datum): void {
  const [first] = one.children;
  if (!first) return;
  one.lead = one.children.reduce((a, b) => (byLead(a, b) <= 0 ? a : b)).lead;
  one.repository = first.repository;
  const groups = new Map<string, number>();
  for (const child of one.children) {
    one.bytes += child.bytes;
    if (child.repository !== one.repository) one.repository = undefined;
    const { repository } = child.lead;
    groups.set(repository, (groups.get(repository) ?? 0) + child.bytes);
  }
  for (const child of one.children) child.group = groups.get(child.lead.repository) ?? 0;
}

function nameOf({ children, repository }: Datum, rows: Rows): string | null {
  const ending = children.find(({ id }) => id !== null && rows.get(id)?.refs[0] !== undefined);
  const reference = rows.get(ending?.id ?? '')?.refs[0] ?? repository;
  return reference ? nameParts(reference).name : null;
}

/** The nodes from the root to the one given; none for -1. */
export function pathTo({ tree }: Pick<Layout, 'tree'>, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = tree.parent[at] ?? -1) path.push(at);
  return path.reverse();
}

/** For each node how many of the images on it go. */
export function goingOn(
  { tree }: Pick<Layout, 'tree'>,
  goes: (id: string) => boolean,
): Uint32Array {
  const going = new Uint32Array(tree.size.length);
  tree.ends.ids.forEach((id, i) => {
    const node = tree.ends.nodes[i] ?? -1;
    if (node >= 0 && goes(id)) going[node] = (going[node] ?? 0) + 1;
  });
  for (let node = going.length - 1; node >= 0; node--) {
    const below = tree.parent[node] ?? -1;
    if (below >= 0) going[below] = (going[below] ?? 0) + (going[node] ?? 0);
  }
  return going;
}

/** What is drawn: all of it, or what stands on one node. */
export interface Zoom {
  /** -1 is all. */
  node: number;
  /** The first row, and how many there are. */
  row: number;
  rows: number;
  /** Bytes at the left edge. */
  start: number;
}

export function zoomTo({ tree, row, start, leaves }: Layout, node: number): Zoom {
  if (node < 0) return { node, row: 0, rows: leaves.length, start: 0 };
  return { node, row: row[node] ?? 0, rows: tree.images[node] ?? 0, start: start[node] ?? 0 };
}

/** Bytes up to a leaf's end, from the root. */
export function endOf({ tree, start }: Layout, { node }: Leaf): number {
  return node < 0 ? 0 : (start[node] ?? 0) + (tree.size[node] ?? 0);
}

/** The nodes that stand on these rows of a zoom, from the root up. */
export function nodesOn(
  layout: Layout,
  zoom: Pick<Zoom, 'node'>,
  rows: readonly number[],
): number[] {
  const seen = new Set<number>();
  for (const row of rows) {
    let node = layout.leaves[row]?.node ?? -1;
    while (node >= 0 && !seen.has(node)) {
      seen.add(node);
      node = node === zoom.node ? -1 : (layout.tree.parent[node] ?? -1);
    }
  }
  return [...seen].sort((a, b) => a - b);
}
