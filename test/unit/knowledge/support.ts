import type {
  ListedImage,
  ListedNetwork,
  ListedVolume,
} from '../../../main/adapters/docker/types.js';
import type { ContainerFacts } from '../../../main/domain/facts.js';
import type { Listed } from '../../../main/services/types.js';

/** An engine's list with these in it. */
export function listed(
  held: {
    images?: ListedImage[];
    containers?: ContainerFacts[];
    networks?: ListedNetwork[];
    volumes?: ListedVolume[];
  } = {},
  more: Partial<Listed> = {},
): Listed {
  const { images = [], containers = [], networks = [], volumes = [] } = held;
  return {
    images: new Map(images.map((one) => [one.id, one])),
    containers: new Map(containers.map((one) => [one.id, one])),
    networks: new Map(networks.map((one) => [one.id, one])),
    volumes: new Map(volumes.map((one) => [one.name, one])),
    hiddenContainers: 0,
    buildCache: 'none',
    cacheRecords: null,
    swarm: null,
    sizes: { containers: new Map(), volumes: new Map() },
    takenAt: 10,
    ...more,
  };
}

export function listedImage(id: string, ...refs: string[]): ListedImage {
  return { id, refs, digests: [], size: 1, parent: null, ownRefs: [] };
}
