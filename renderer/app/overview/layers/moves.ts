import { type Layout, pathTo, type Zoom } from './layout.js';

/** What the keys stand on: a node, or the image on a row. */
export type Spot = { kind: 'node'; node: number } | { kind: 'leaf'; row: number };

export const keyOf = (spot: Spot) => (spot.kind === 'node' ? `n${spot.node}` : `r${spot.row}`);

/** A spot by a name that outlives the tree: its layer's chain ID, or its image's ID. */
export interface Stand {
  kind: Spot['kind'];
  name: string;
}

export function standOf(layout: Layout, spot: Spot): Stand | null {
  const { tree, leaves } = layout;
  const name = spot.kind === 'node' ? tree.chainId[spot.node] : leaves[spot.row]?.id;
  return name === undefined ? null : { kind: spot.kind, name };
}

/** The spot of that name; null where the tree has it no more. */
export function spotOf(layout: Layout, { kind, name }: Stand): Spot | null {
  if (kind === 'leaf') {
    const row = layout.rowOf.get(name);
    return row === undefined ? null : { kind, row };
  }
  const node = layout.tree.chainId.indexOf(name);
  return node < 0 ? null : { kind, node };
}

/** What a row shows from the left to the right: the nodes from the zoom's own on, then the image. */
function spotsOn(layout: Layout, zoom: Zoom, row: number): Spot[] {
  const path = pathTo(layout, layout.leaves[row]?.node ?? -1);
  const from = zoom.node < 0 ? 0 : path.indexOf(zoom.node);
  return [...path.slice(from).map((node): Spot => ({ kind: 'node', node })), { kind: 'leaf', row }];
}

/** The row that a spot is shown by: a node's first. */
export const rowOf = (layout: Layout, spot: Spot) =>
  spot.kind === 'leaf' ? spot.row : (layout.row[spot.node] ?? 0);

/** The spot that a key leads to; null for a key that leads nowhere. */
export function moved(
  layout: Layout,
  zoom: Zoom,
  spot: Spot,
  key: string,
  page: number,
): Spot | null {
  const row = rowOf(layout, spot);
  const last = zoom.row + zoom.rows - 1;
  const within = (to: number) => Math.max(zoom.row, Math.min(last, to));
  const spots = spotsOn(layout, zoom, row);
  const column = spots.findIndex((one) => keyOf(one) === keyOf(spot));
  /** As far to the right as before; an image's name leads to an image's name. */
  const beside = (to: number): Spot => {
    const on = spotsOn(layout, zoom, within(to));
    const leaf: Spot = { kind: 'leaf', row: within(to) };
    return spot.kind === 'leaf' ? leaf : (on[column] ?? leaf);
  };
  const rows = spot.kind === 'leaf' ? 1 : (layout.tree.images[spot.node] ?? 1);
  switch (key) {
    case 'ArrowRight':
      return spots[column + 1] ?? spot;
    case 'ArrowLeft':
      return spots[column - 1] ?? spot;
    case 'ArrowDown':
      return row + rows > last ? spot : beside(row + rows);
    case 'ArrowUp':
      return row - 1 < zoom.row ? spot : beside(row - 1);
    case 'PageDown':
      return { kind: 'leaf', row: within(row + page) };
    case 'PageUp':
      return { kind: 'leaf', row: within(row - page) };
    case 'Home':
      return { kind: 'leaf', row: zoom.row };
    case 'End':
      return { kind: 'leaf', row: last };
    default:
      return null;
  }
}

/** A line of the same as a table: each run of shared layers before what stands on it. */
export type Line = Spot & {
  level: number;
  /** Bytes of the shared layers, or those that only the image stands on. */
  bytes: number;
};

export function linesOf(layout: Layout, zoom: Zoom): Line[] {
  const { images, size } = layout.tree;
  const lines: Line[] = [];
  for (let row = zoom.row; row < zoom.row + zoom.rows; row++) {
    let own = 0;
    let level = 0;
    for (const spot of spotsOn(layout, zoom, row)) {
      if (spot.kind === 'leaf') lines.push({ ...spot, level, bytes: own });
      else if (images[spot.node] === 1) own = size[spot.node] ?? 0;
      else {
        if (rowOf(layout, spot) === row)
          lines.push({ ...spot, level, bytes: size[spot.node] ?? 0 });
        level += 1;
      }
    }
  }
  return lines;
}
