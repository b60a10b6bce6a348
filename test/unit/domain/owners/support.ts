import type {
  ContainerFacts,
  EngineFacts,
  ImageFacts,
  Inventory,
  NetworkFacts,
  Project,
  VolumeFacts,
} from '../../../../main/domain/facts.js';
import { ownerNeeds } from '../../../../main/domain/owners/needs.js';
import { ownerOf } from '../../../../main/domain/owners/owner-of.js';
import type { Owner, OwnerHold } from '../../../../main/domain/owners/types.js';
import { container, image, imageId, inventory, now } from '../arbitrary.js';

export const hour = 3_600_000;
export const day = 24 * hour;

/** Whose a container is; `of` is the image that it was made from. */
export function made(facts: Partial<ContainerFacts>, of: Partial<ImageFacts> = {}): Owner {
  return ownerOf(container(1, 1, facts), image(1, of));
}

/** A container whose labels its image hands on says nothing of who made it (OWNERS §1.3). */
export function leaked(labels: Record<string, string>, facts: Partial<ContainerFacts> = {}): Owner {
  return made({ ...facts, labels }, { labels });
}

/** Last used so long ago, in ms, by a container of this name. */
export const usedAgo = (ms: number, by = 'someone'): Pick<ImageFacts, 'used'> => ({
  used: { at: now - ms, source: 'container-finished', by },
});

export function volume(name: string, facts: Partial<VolumeFacts> = {}): VolumeFacts {
  return {
    name,
    driver: 'local',
    created: now - 300 * day,
    labels: {},
    anonymous: false,
    size: null,
    usedBy: [],
    lastUsed: null,
    mountedAt: null,
    project: null,
    ...facts,
  };
}

export function network(name: string, facts: Partial<NetworkFacts> = {}): NetworkFacts {
  return {
    id: name,
    name,
    driver: 'bridge',
    created: now - 300 * day,
    labels: {},
    builtIn: false,
    usedBy: [],
    lastUsed: null,
    project: null,
    ...facts,
  };
}

export const folder = (kind: Project['kind'], more: Partial<Project> = {}): Project => ({
  kind,
  name: 'shop',
  folder: '/home/ada/shop',
  files: [],
  lastUsed: now - 40 * day,
  present: true,
  latestOf: [],
  ...more,
});

type More = Partial<Inventory> & { product?: EngineFacts['product'] };

function taken(images: ImageFacts[], { product, ...more }: More): Inventory {
  const whole = inventory(images, more);
  return product === undefined ? whole : { ...whole, engine: { ...whole.engine, product } };
}

/** What is needed of one image, that no container uses; null for nothing. */
export function imageNeed(facts: Partial<ImageFacts>, more: More = {}): OwnerHold | null {
  return ownerNeeds(taken([image(1, facts)], more), now).images.get(imageId(1)) ?? null;
}

/** The numbers of the images that are needed. */
export function neededOf(images: ImageFacts[], more: More = {}): number[] {
  const { images: needs } = ownerNeeds(taken(images, more), now);
  return images.flatMap(({ id }, i) => (needs.has(id) ? [i + 1] : []));
}

export function volumeNeed(facts: VolumeFacts, more: More = {}): OwnerHold | null {
  return ownerNeeds(taken([], { volumes: [facts], ...more }), now).volumes.get(facts.name) ?? null;
}

export function networkNeed(facts: NetworkFacts, more: More = {}): OwnerHold | null {
  const needs = ownerNeeds(taken([], { networks: [facts], ...more }), now);
  return needs.networks.get(facts.name) ?? null;
}

/** What is needed of a container that does not run. */
export function containerNeed(facts: ContainerFacts, more: More = {}): OwnerHold | null {
  const needs = ownerNeeds(taken([], { containers: [facts], ...more }), now);
  return needs.containerHolds.get(facts.id) ?? null;
}

/** Whose something is, shortly: `kind dev`. */
export const told = (hold: OwnerHold | Owner | null): string | null =>
  hold === null ? null : [hold.tool, hold.unit].filter(Boolean).join(' ') || hold.kind;
