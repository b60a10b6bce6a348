import type { ContainerFacts, ImageFacts, Inventory, ServiceImages } from '../facts.js';
import type { Owner } from '../owners/types.js';
import { shellWord } from '../owners/command.js';
import { familiar } from '../reference.js';
import { digestsOf } from '../update/origin.js';
import { askedFor, digestMeant, spellings } from './image.js';
import { stackOf } from './stack.js';

/** A service as a check looks at it: in the words of a container that runs what its Spec names. */
export interface ServiceSubject {
  container: ContainerFacts;
  /** Its image, where this node has it. */
  image: ImageFacts | null;
  owner: Owner;
}

/**
 * Null: its Spec names no digest and this node has no image by that name, so that nobody can say which
 * version it runs.
 *
 * @param images of this node
 * @param name what it goes by among the containers here
 */
export function serviceSubject(
  service: ServiceImages,
  images: readonly ImageFacts[],
  name: string,
): ServiceSubject | null {
  const { id, labels, runs } = service;
  const digest = digestMeant(service.image);
  const image = images.find((one) => isIt(one, service.image, digest)) ?? null;
  const imageId = image?.id ?? digest;
  if (imageId === null) return null;
  const asked = isPinnedInFile(service) ? null : askedFor(service.image);
  const reference = asked === null ? service.image : familiar(asked);
  return {
    container: {
      id,
      name,
      imageId,
      reference,
      state: runs ? 'running' : 'created',
      health: 'none',
      created: null,
      started: null,
      finished: null,
      labels,
      sizeRw: null,
      networks: [],
      volumes: [],
      mountsSocket: false,
      log: null,
    },
    image,
    owner: {
      kind: 'swarm',
      tool: 'Swarm',
      unit: service.name,
      command: `docker service update --image ${shellWord(reference)} ${shellWord(service.name)}`,
      proof: serviceProof,
    },
  };
}

/** Whether the file of its stack names a digest: what is pinned there is pinned by a person. */
function isPinnedInFile(service: ServiceImages): boolean {
  const file = stackOf(service)?.image ?? null;
  return file !== null && digestMeant(file) !== null;
}

/** What a service goes by among containers: its own name, where none of them has it. */
export function nameOf({ name }: ServiceImages, taken: ReadonlySet<string>): string {
  return taken.has(name) ? `${name}.service` : name;
}

/** The service that goes by a name; null: a container does, or nothing a manager tells of now. */
export function serviceNamed({ containers, swarm }: Inventory, name: string): ServiceImages | null {
  if (!swarm?.answered) return null;
  const taken = new Set(containers.map((one) => one.name));
  return swarm.services.find((service) => nameOf(service, taken) === name) ?? null;
}

/** Whether a name is that of a service that is only remembered: no manager tells of it now. */
export function isUntold({ swarm }: Pick<Inventory, 'swarm'>, name: string): boolean {
  if (swarm === null || swarm.answered) return false;
  return swarm.services.some(
    (service) => name === service.name || name === `${service.name}.service`,
  );
}

/** What tells an owner of a service from that of a task. */
export const serviceProof = 'docker service ls';

function isIt(image: ImageFacts, wanted: string, digest: string | null): boolean {
  if (digest === null) return [image.id, ...image.refs].some((n) => spellings(wanted).includes(n));
  return image.id === digest || digestsOf(image).includes(digest);
}
