import type { ListedImage } from '../../adapters/docker/types.js';
import type {
  ContainerFacts,
  EngineFacts,
  ImageFacts,
  Inventory,
  Millis,
  ServiceImages,
  ServicesKnown,
  Store,
  Use,
} from '../../domain/facts.js';
import { neverStarts } from '../../domain/swarm/start-first.js';
import type { ServiceFacts, Surroundings } from '../../domain/swarm/types.js';
import type { Listed, ListedServices, OtherEngines } from '../types.js';
import { networkFacts, volumeFacts } from './attachments.js';
import type { Known } from './known.js';
import type { EngineMemory } from './memory.js';
import type { Observation } from './observation.js';
import { projectsByImage } from './projects.js';
import { recoverableOf } from './recoverable.js';

/** Days that are named one by one; all of them are counted. */
const daysTold = 400;

/**
 * Joins what the engine lists with what is remembered into what is judged. An image whose
 * immutable facts are not read yet has `layers: null`: unknown, so it is kept.
 *
 * @param presence whether each project stands on this host, by its key
 */
export function joinFacts(
  engine: EngineFacts,
  listed: Listed,
  memory: EngineMemory,
  observation: Observation,
  presence: ReadonlyMap<string, boolean | null>,
  retained: Inventory['retained'],
  others: OtherEngines,
  now: Millis,
): Inventory {
  const uses = usesByImage(listed.containers.values());
  const projects = projectsByImage(memory.projects.values(), presence);
  const images = [...listed.images.values()].map((image) => ({
    ...imageFacts(image, memory.images.get(image.id), uses.get(image.id) ?? [], engine.store, now),
    projects: projects.get(image.id) ?? [],
  }));
  return {
    takenAt: listed.takenAt,
    engine,
    images,
    containers: [...listed.containers.values()].map((container) => ({
      ...container,
      sizeRw: listed.sizes.containers.get(container.id) ?? container.sizeRw,
    })),
    buildCache: listed.buildCache,
    useIncomplete: useIncomplete(listed, memory.images),
    firstMet: memory.firstMet,
    observedDays: observation.days.size,
    observedOn: observation.latestDays(daysTold),
    hoursSinceGap: observation.hoursSinceGapAt(now),
    retained,
    networks: networkFacts(listed, memory.attachments),
    volumes: volumeFacts(listed, memory.attachments),
    cacheRecords: listed.cacheRecords,
    swarm: listed.swarm && servicesKnown(listed.swarm, others),
  };
}

/** Of a node that no manager answers at, an engine of the list that is one speaks (FLEET, 7). */
function servicesKnown(swarm: ListedServices, others: OtherEngines): ServicesKnown {
  const { answered, services, managers } = swarm;
  const told = answered ? null : others.servicesBy(managers);
  return {
    answered,
    elsewhere: told !== null,
    services: (told ?? services).map((one) => imagesOf(one, others.keptOfService(one.id), swarm)),
  };
}

function imagesOf(service: ServiceFacts, kept: string[], swarm: Surroundings): ServiceImages {
  const { id, name, labels, mode, image, previousImage, volumes, data, platforms } = service;
  const runs = mode.kind !== 'replicated' || mode.replicas > 0;
  const one = platforms.find(({ os, architecture }) => os !== '' && architecture !== '');
  return {
    id,
    name,
    labels,
    runs,
    image,
    previousImage,
    kept,
    volumes,
    hasData: data.length > 0,
    isJob: mode.kind === 'job',
    neverStarts: neverStarts(service, swarm),
    platform: one ? `${one.os}/${one.architecture}` : null,
  };
}

function imageFacts(
  image: ListedImage,
  known: Known | undefined,
  users: ContainerFacts[],
  store: Store,
  now: Millis,
): Omit<ImageFacts, 'projects'> {
  const nature = known?.nature ?? null;
  return {
    id: image.id,
    refs: [...image.refs].sort(),
    digests: [...image.digests].sort(),
    formerRefs: formerRefs(image, known),
    created: nature?.created ?? null,
    arrived: known?.arrived ?? null,
    used: known?.used ?? null,
    lastTagged: known?.lastTagged ?? null,
    size: image.size,
    layers: nature?.layers ?? null,
    layersInDoubt: nature?.layersInDoubt ?? false,
    history: nature?.history ?? null,
    content: nature?.content ?? null,
    usedBy: users.map(useOf),
    labels: nature?.labels ?? {},
    platform: nature?.platform ?? 'unknown',
    origin: known?.origin ?? 'unknown',
    recoverable: recoverableOf(image, known?.recoverable ?? null, store, now),
    parent: image.parent,
  };
}

/** What is remembered of the names of an image that has none left (JUDGING §1, "Version"). */
function formerRefs({ refs, digests }: ListedImage, known: Known | undefined): string[] {
  return refs.length + digests.length > 0 ? [] : [...(known?.names ?? [])].sort();
}

const useOf = ({ id, name, state }: ContainerFacts): Use => ({ id, name, state });

function usesByImage(containers: Iterable<ContainerFacts>): Map<string, ContainerFacts[]> {
  const uses = new Map<string, ContainerFacts[]>();
  for (const c of containers) {
    const list = uses.get(c.imageId);
    if (list) list.push(c);
    else uses.set(c.imageId, [c]);
  }
  return uses;
}

/** Signs that containers are hidden from the API (JUDGING §2, Use may be incomplete). */
function useIncomplete(
  listed: Listed,
  known: ReadonlyMap<string, Known>,
): Inventory['useIncomplete'] {
  if (listed.hiddenContainers > 0) return 'hidden-containers';
  const kubernetes = (name: string) =>
    name.startsWith('registry.k8s.io/') || name.startsWith('docker/desktop-');
  for (const image of listed.images.values()) if (image.refs.some(kubernetes)) return 'kubernetes';
  for (const k of known.values()) if (k.names.some(kubernetes)) return 'kubernetes';
  return null;
}
