import type { Result } from '../../contract/commands.js';
import { CareenError } from '../../domain/errors.js';
import { protectionOf } from '../../domain/verdict/protection.js';
import type { Judging } from '../judging.js';

/** Everything that the why-panel shows of one image; throws `image-gone`. */
export function imageDetail(judging: Judging, id: string): Result<'image.get'> {
  const { current } = judging;
  const image = current?.byId.get(id);
  if (!current || !image) throw new CareenError('image-gone', { id });
  return {
    image,
    protected: protectionOf(image, current.rules),
    layers:
      image.facts.layers?.map((layer) => ({
        ...layer,
        sharedWith: current.standing.get(layer.chainId) ?? 0,
      })) ?? null,
    link: linkOf(image.facts.labels),
  };
}

const linkLabels = ['org.opencontainers.image.source', 'org.opencontainers.image.url'];

/** The address that an image's labels name: https only, without credentials; else null. */
export function linkOf(labels: Readonly<Record<string, string>>): string | null {
  for (const label of linkLabels) {
    const url = URL.parse(labels[label] ?? '');
    if (url?.protocol === 'https:' && !url.username && !url.password) return url.href;
  }
  return null;
}
