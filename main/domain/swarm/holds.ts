import type { ImageFacts, ServicesKnown } from '../facts.js';
import { swarm } from '../owners/tools/swarm.js';
import { digestsOf, isOfRegistry } from '../update/origin.js';
import { familiar } from '../reference.js';
import { digestMeant, imageName, spellings } from './image.js';

/** For what a service needs an image: to run, for Swarm's own rollback, for Careen's. */
export interface ServiceNeed {
  service: string;
  as: 'spec' | 'previous' | 'kept';
}

/** Why an image stays on a node: the engine there refuses only what a container uses. */
export interface ServiceHold {
  /** Names of services and for what each needs it. */
  needs: ServiceNeed[];
  /** No manager answers, and it may be a service's. */
  mayBe: boolean;
}

/**
 * The images that a node must keep, by ID: of each service's Spec and PreviousSpec and of Careen's
 * kept versions, under whatever name the store has them. With no manager that answers, also whatever a
 * task has used, and what bears the digest of a registry, tagged or not: any service may mean it, and
 * on a classic store a running one's image has no tag (FLEET, "What Careen does with it" 7; issue 14).
 */
export function serviceHolds(
  images: readonly ImageFacts[],
  { answered, elsewhere, services }: ServicesKnown,
): Map<string, ServiceHold> {
  const holds = new Map<string, ServiceHold>();
  const holdOf = (id: string) => {
    const hold = holds.get(id) ?? { needs: [], mayBe: false };
    holds.set(id, hold);
    return hold;
  };
  const find = finder(images);
  for (const { name, image, previousImage, kept } of services) {
    const needed = [
      { image, as: 'spec' as const },
      ...(previousImage === null ? [] : [{ image: previousImage, as: 'previous' as const }]),
      ...kept.map((one) => ({ image: one, as: 'kept' as const })),
    ];
    for (const { image: wanted, as } of needed) {
      for (const id of find(wanted)) holdOf(id).needs.push({ service: name, as });
    }
  }
  if (!answered && !elsewhere) {
    for (const one of images) if (mayBeServices(one)) holdOf(one.id).mayBe = true;
  }
  return holds;
}

/** By digest, whatever the repository; an image's ID is its digest on a containerd store. */
function finder(images: readonly ImageFacts[]): (image: string) => Set<string> {
  const byName = new Map<string, Set<string>>();
  const undigested = new Set<string>();
  for (const image of images) {
    const digests = digestsOf(image);
    if (digests.length === 0) undigested.add(image.id);
    for (const name of [image.id, ...digests, ...image.refs])
      byName.set(name, (byName.get(name) ?? new Set()).add(image.id));
  }
  return (image) => {
    const found = new Set<string>();
    const add = (name: string, only?: ReadonlySet<string>) => {
      for (const id of byName.get(name) ?? [])
        if (only === undefined || only.has(id)) found.add(id);
    };
    const digest = digestMeant(image);
    if (digest === null) for (const name of spellings(image)) add(name);
    else add(digest);
    const name = imageName(image);
    // A node lets go of a digest by itself: then the tag alone says what it may be.
    if (name !== null && digest !== null && name.tag !== null)
      add(familiar({ ...name, digest: null }), undigested);
    return found;
  };
}

function mayBeServices(image: ImageFacts): boolean {
  const { used } = image;
  const user = used === null || used.source === 'base' ? null : used.by;
  const byTask = user !== null && swarm.images?.lastUser?.test(user) === true;
  // A containerd store gives a digest to local builds too: tagged ones that are known as such may go.
  const isLocal = image.refs.length > 0 && isOfRegistry(image) === false;
  return byTask || (digestsOf(image).length > 0 && !isLocal);
}
