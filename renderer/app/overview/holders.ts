import type { ImageRow } from '../../../main/contract/slices.js';
import type { Messages } from '../../../main/messages/index.js';

/** What holds layers stands before what lets them go once it is chosen, and that before what goes. */
function place({ verdict, going }: ImageRow): number {
  if (verdict === 'keep') return 0;
  return going ? 2 : 1;
}

/** Images that stand on the same layers: those that hold them first, and of each the largest. */
export const holdersOf = (images: readonly ImageRow[]): ImageRow[] =>
  [...images].sort((a, b) => place(a) - place(b) || b.size - a.size);

/** In one sentence what becomes of layers: they go with the last image that stands on them. */
export function fateOf(images: readonly { stays: boolean; going: boolean }[], m: Messages): string {
  const words = m.window.map.about;
  const held = images.filter(({ stays }) => stays).length;
  if (held > 0) return words.held(held, images.length);
  const waiting = images.filter(({ going }) => !going).length;
  return waiting > 0 ? words.allCould(waiting, images.length) : words.allGo;
}
