import type { InspectedImage } from '../../adapters/docker/container-acts.js';
import type { EngineFacts } from '../../domain/facts.js';
import { composeImageLabel, recreate } from '../../domain/recreate/index.js';
import type {
  ContainerSpec,
  ImageDefaults,
  Others,
  Recreation,
} from '../../domain/recreate/types.js';
import { labelsOf } from '../../domain/update/labels.js';

/** What a container is to be made anew from. */
export interface RecreateOf {
  container: ContainerSpec;
  /** The image that it was made from; null where it is gone. */
  oldImage: InspectedImage | null;
  /** What that image gave it; null where that is not known: then nothing is subtracted. */
  oldDefaults: ImageDefaults | null;
  newImage: InspectedImage;
  /** To stand in `Image`: leads to the new image. */
  reference: string;
  engine: EngineFacts;
  others: Others;
}

/** How a container is made anew on this engine, from this image. */
export function recreationOf(of: RecreateOf): Recreation {
  const { container, oldImage, oldDefaults, newImage, reference, engine, others } = of;
  const labels = labelsOf(container);
  const label = labels['com.docker.compose.image'];
  const version = labels['com.docker.compose.version'] ?? null;
  return recreate({
    container,
    oldImage: oldDefaults,
    newImage: newImage.defaults,
    reference,
    apiMinor: Number(engine.apiVersion.split('.')[1] ?? 0),
    others,
    // A containerd store can hold several platforms under one name; a classic one refuses what
    // only seems to be another.
    platform: engine.store === 'containerd' ? platformOf(newImage) : null,
    composeImage:
      label === undefined || oldImage === null
        ? null
        : composeImageLabel(label, oldImage, newImage, version),
  });
}

/** `os/architecture[/variant]`; null where the image does not say. */
export function platformOf({ platform }: Pick<InspectedImage, 'platform'>): string | null {
  return /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9_]+)?$/.test(platform) ? platform : null;
}
