import type { DockerEngine } from '../../adapters/docker/types.js';
import type { ImageLayers } from '../../contract/image-layers.js';
import { CareenError } from '../../domain/errors.js';
import type { ImageFacts } from '../../domain/facts.js';
import { joinHistory } from '../../domain/image-history.js';
import { stepText, withoutSecrets } from '../../domain/image-step.js';
import { sharersOf } from '../../domain/sharers.js';

/** So many of the images that share a layer are named. */
const named = 5;

/**
 * An image's layers with what made each and who shares it. Throws `image-gone`, and what keeps the
 * engine from answering.
 */
export async function layersOfImage(
  engine: Pick<DockerEngine, 'imageSteps'>,
  images: readonly ImageFacts[],
  id: string,
): Promise<ImageLayers> {
  const image = images.find((one) => one.id === id);
  const steps = image ? await engine.imageSteps(id) : null;
  if (!image || !steps) throw new CareenError('image-gone', { id });
  const told = steps.map(({ createdBy, comment, created }) => ({
    ...stepText(createdBy, comment),
    whole: withoutSecrets(createdBy),
    created,
  }));
  const { layers, layersInDoubt } = image;
  if (layers === null) return { layers, steps: told, unjoined: null };
  const { steps: made, unjoined } = joinHistory(layers, steps, layersInDoubt);
  const sharers = sharersOf(id, layers, images, named);
  return {
    layers: layers.map((layer, at) => ({
      ...layer,
      sharedWith: sharers[at]?.count ?? 0,
      sharers: sharers[at]?.first ?? [],
      step: made[at] ?? null,
    })),
    steps: told,
    unjoined,
  };
}
