import type {
  ContainerFacts,
  EngineFacts,
  ImageFacts,
  NetworkFacts,
  VolumeFacts,
} from '../facts.js';
import { splitReference } from '../reference.js';
import type { ContainerSeen, ImageSeen, NetworkSeen, VolumeSeen } from './tool.js';

const none: Readonly<Record<string, string>> = {};

/** A container with its image's labels subtracted (OWNERS §1.3); `image` null when it is gone. */
export function seeContainer(facts: ContainerFacts, image: ImageFacts | null): ContainerSeen {
  const imageLabels = image?.labels ?? none;
  const own = Object.fromEntries(
    Object.entries(facts.labels).filter(([key, value]) => imageLabels[key] !== value),
  );
  const repositories = new Set([
    splitReference(facts.reference).name,
    ...(image === null ? [] : repositoriesOf(image)),
  ]);
  const { name, labels } = facts;
  return { facts, name, own, labels, imageLabels, repositories: [...repositories] };
}

export function seeImage(
  facts: ImageFacts,
  product: EngineFacts['product'],
  mayHide: boolean,
): ImageSeen {
  const { labels, used } = facts;
  const lastUser = used === null || used.source === 'base' ? null : used.by;
  return { facts, labels, lastUser, product, mayHide };
}

export function seeVolume(facts: VolumeFacts): VolumeSeen {
  const { name, labels, usedBy, lastUsed } = facts;
  const users = [...new Set([...(usedBy ?? []), ...(lastUsed === null ? [] : [lastUsed.by])])];
  return { facts, name, labels, users };
}

export function seeNetwork(facts: NetworkFacts): NetworkSeen {
  return { facts, name: facts.name, labels: facts.labels };
}

/** Its names in the familiar form, without tag and digest; most images have one. */
export function repositoriesOf({ refs, digests }: ImageFacts): string[] {
  const found: string[] = [];
  for (const names of [refs, digests])
    for (const text of names) {
      const { name } = splitReference(text);
      if (!found.includes(name)) found.push(name);
    }
  return found;
}
