import type { ImageRow } from '../../../../main/contract/slices.js';
import type { Messages } from '../../../../main/messages/index.js';
import { nameParts } from '../../common/names.js';
import type { Fates } from './fates.js';
import type { Layout } from './layout.js';
import type { Spot } from './moves.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** What an image is called in the drawing: without its registry's host, else by its ID. */
export function imageName(row: ImageRow | undefined, id: string, m: Messages): string {
  const reference = row?.refs[0];
  return reference === undefined
    ? `${m.window.common.untagged} ${m.shortId(id)}`
    : nameParts(reference).name;
}

/** What a run of layers is called: its name, else how many layers it is. */
export function runName({ name, tree }: Layout, node: number, m: Messages): string {
  return name[node] ?? m.window.layers.run(tree.layers[node] ?? 1);
}

/** Name, bytes and verdict of what the pointer or the keys stand on. */
export function saidOf(spot: Spot, layout: Layout, rows: Rows, fates: Fates, m: Messages): string {
  const words = m.window.layers;
  const { tree, leaves, row } = layout;
  const alone = spot.kind === 'leaf' || tree.images[spot.node] === 1;
  if (!alone) {
    const size = m.format.bytes(tree.size[spot.node] ?? 0);
    const images = tree.images[spot.node] ?? 0;
    const [go, could] = [fates.go[spot.node] ?? 0, fates.could[spot.node] ?? 0];
    return words.shared(runName(layout, spot.node, m), size, images, { go, could });
  }
  const leaf = leaves[spot.kind === 'leaf' ? spot.row : (row[spot.node] ?? 0)];
  const image = rows.get(leaf?.id ?? '');
  const name = imageName(image, leaf?.id ?? '', m);
  if (!image) return `${name}: ${words.gone}`;
  const verdict = m.verdict(image);
  if (leaf?.known === false)
    return `${name} ${words.unknown(m.format.bytes(image.size))}; ${verdict}`;
  return spot.kind === 'node'
    ? words.own(name, m.format.bytes(tree.size[spot.node] ?? 0), verdict)
    : words.image(name, m.format.bytes(image.size), m.format.reclaimable(image.unique), verdict);
}
