import type { Messages } from '../../../main/messages/index.js';
import { type Leaf, textOf } from './leaves.js';
import { nameOf, stateWord, type TileState } from './naming.js';

export type SpaceColumn = 'name' | 'kind' | 'verdict' | 'bytes';

export interface SpaceOrder {
  by: SpaceColumn;
  /** Largest, or last in the alphabet, first. */
  down: boolean;
}

/** A line of the table: what a tile of the map is, in words. */
export interface SpaceLine {
  leaf: Leaf;
  name: string;
  kind: string;
  verdict: string;
}

/** Those that hold `text`, in order; where two are equal the larger stands first. */
export function linesOf(
  leaves: readonly Leaf[],
  { by, down }: SpaceOrder,
  text: string,
  tile: (leaf: Leaf) => TileState,
  m: Messages,
): SpaceLine[] {
  const wanted = text.trim().toLowerCase();
  const lines = leaves.map((leaf) => ({
    leaf,
    name: lineName(leaf, m),
    kind: m.window.map.kind[leaf.kind],
    verdict: stateWord(leaf, tile(leaf), m),
  }));
  const words = new Intl.Collator(m.language, { numeric: true });
  const compare = (a: SpaceLine, b: SpaceLine) =>
    by === 'bytes' ? a.leaf.bytes - b.leaf.bytes : words.compare(a[by], b[by]);
  return lines
    .filter(({ leaf, name }) => `${textOf(leaf)}\n${name.toLowerCase()}`.includes(wanted))
    .sort((a, b) => (down ? -compare(a, b) : compare(a, b)) || b.leaf.bytes - a.leaf.bytes);
}

/** Shared layers are told by whose they are. */
function lineName(leaf: Leaf, m: Messages): string {
  const name = nameOf(leaf, m);
  if (leaf.what !== 'shared') return name;
  const repositories = new Set(leaf.images.map(({ repository }) => repository));
  const [only] = repositories;
  return repositories.size === 1 && typeof only === 'string'
    ? `${only}${m.window.common.comma}${name}`
    : leaf.images.length === 0
      ? name
      : `${m.window.map.bases}${m.window.common.comma}${name}`;
}
