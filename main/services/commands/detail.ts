import type { Result } from '../../contract/commands.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import type { ImageFacts } from '../../domain/facts.js';
import { linkOf } from '../../domain/link.js';
import { waitOf } from '../../domain/plan/untick.js';
import { protectionOf } from '../../domain/verdict/protection.js';
import type { Judging } from '../judging.js';

/** Everything that the why-panel shows of one image; throws `image-gone`. */
export function imageDetail(
  judging: Judging,
  id: string,
  unverified: CareenError | null,
): Result<'image.get'> {
  const { current } = judging;
  const image = current?.byId.get(id);
  if (!current || !image) throw new CareenError('image-gone', { id });
  const item = current.plan.items.find((one) => one.id === id);
  const standing = standingOn(current.inventory.images);
  return {
    image,
    protected: protectionOf(image, current.rules),
    untick: item ? waitOf(item, current.going) : null,
    layers:
      image.facts.layers?.map((layer) => ({
        ...layer,
        sharedWith: (standing.get(layer.chainId) ?? 1) - 1,
      })) ?? null,
    unverified: unverified && toWire(unverified),
    link: linkOf(image.facts.labels),
  };
}

/** How many images stand on each layer. */
function standingOn(images: readonly ImageFacts[]): Map<string, number> {
  const standing = new Map<string, number>();
  for (const { layers } of images)
    for (const { chainId } of layers ?? []) standing.set(chainId, (standing.get(chainId) ?? 0) + 1);
  return standing;
}
