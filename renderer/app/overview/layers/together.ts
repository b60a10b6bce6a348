import type { ImageRow } from '../../../../main/contract/slices.js';
import { freedBy } from '../../../../main/domain/layer-tree.js';
import { type Layout, pathTo } from './layout.js';

/** What an image frees with others that go, and what keeps the layers below them. */
export interface Together {
  /** The others; none where nothing that goes shares a layer with it. */
  with: string[];
  /** Bytes that go with all of them. */
  bytes: number;
  /** The first layers below that stay, and the images that need them; null: all of it goes. */
  stays: { bytes: number; for: string[] } | null;
}

/**
 * Goes down from an image's end, taking in what goes, to the first layers that another image keeps.
 * Where nothing is taken in by then, the image's other versions on those layers that go are.
 */
export function togetherWith(
  layout: Layout,
  id: string,
  rows: ReadonlyMap<string, ImageRow>,
): Together | null {
  const leaf = layout.leaves[layout.rowOf.get(id) ?? -1];
  if (!leaf?.known) return null;
  const { tree, leaves, row } = layout;
  const goes = (other: string) => other === id || rows.get(other)?.verdict === 'remove';
  const repository = rows.get(id)?.repository ?? null;
  let set = [id];
  let stays: Together['stays'] = null;
  for (const node of pathTo(layout, leaf.node).reverse()) {
    const first = row[node] ?? 0;
    const on = leaves.slice(first, first + (tree.images[node] ?? 0)).map((one) => one.id);
    const needing = on.filter((other) => !goes(other));
    if (needing.length === 0) set = on;
    else if ((tree.size[node] ?? 0) > 0) {
      const versions = on.filter(
        (other) => goes(other) && (rows.get(other)?.repository ?? null) === repository,
      );
      if (set.length === 1 && repository !== null) set = versions;
      stays = { bytes: tree.size[node] ?? 0, for: needing };
      break;
    }
  }
  const bytes = freedBy(tree, new Set(set));
  return { with: set.filter((one) => one !== id), bytes, stays };
}
