import type { ContainerFacts, ImageFacts, Inventory, ServiceImages } from '../../domain/facts.js';
import { isLocal } from '../../domain/identity.js';
import { ownerOf } from '../../domain/owners/owner-of.js';
import type { Owner } from '../../domain/owners/types.js';
import type { UpdatePolicy } from '../../domain/policy/types.js';
import { familiarRepository, type Reference, repositoryOf } from '../../domain/reference.js';
import { nameOf as nameAmong, serviceSubject } from '../../domain/swarm/subject.js';
import { digestMeant } from '../../domain/swarm/image.js';
import { isOwnName } from '../../domain/update/own-names.js';
import { digestsOf, isOfRegistry } from '../../domain/update/origin.js';
import { modeOf } from '../../domain/update/modes.js';
import type { ModeInForce } from '../../domain/update/types.js';
import { madeFrom } from '../../domain/update/verdict.js';

/** One container, or service of a swarm, with all of the engine and the policy that its updates depend on. */
export interface Subject {
  kind: 'container' | 'service';
  /** As a manager tells of it; null: it is a container. */
  service: ServiceImages | null;
  /** Of a service, what it runs in a container's words. */
  container: ContainerFacts;
  /** The one that it runs; null when the engine does not have it any more. */
  image: ImageFacts | null;
  owner: Owner;
  mode: ModeInForce;
  /** What it was made from, with a tag unless it is pinned; null where it was made by an ID. */
  reference: Reference | null;
  /** What the engine resolves its reference to now. */
  tagged: ImageFacts | null;
  /**
   * What tells whether another image stands under its name: of a container its image's ID, of a service
   * what its Spec names, whichever node has it.
   */
  runs: string;
  /** What its image is to run on, `os/arch[/variant]`; empty: nobody tells. */
  platform: string;
  /** Whether what it runs came out of a registry; null: not known. */
  ofRegistry: boolean | null;
}

/** One that was made from a reference. */
export type Named = Subject & { reference: Reference };

export const isNamed = (subject: Subject): subject is Named => subject.reference !== null;

/** Every container of one moment, and the images that are there. */
export class Subjects {
  readonly all: readonly Subject[];
  readonly #byName: ReadonlyMap<string, Subject>;
  readonly #byDigest = new Map<string, ImageFacts>();

  constructor(inventory: Inventory, policy: UpdatePolicy, otherUpdater: { tool: string } | null) {
    const images = new Map(inventory.images.map((image) => [image.id, image]));
    const byRef = new Map<string, ImageFacts>();
    for (const image of inventory.images) {
      for (const ref of image.refs) byRef.set(ref, image);
      for (const digest of [image.id, ...digestsOf(image)]) this.#byDigest.set(digest, image);
    }
    const isElsewhere = !isLocal(inventory.engine);
    const byName = new Intl.Collator('en', { numeric: true });
    const containers = inventory.containers
      .filter(({ name }) => !isOwnName(name))
      .map((container): Subject => {
        const image = images.get(container.imageId) ?? null;
        const owner = ownerOf(container, image);
        const mode = modeOf({ container, image, owner, policy, otherUpdater, isElsewhere });
        const reference = tagged(madeFrom(container.reference, image));
        const there = reference?.digest === null ? byRef.get(nameOf(reference)) : undefined;
        const [kind, service] = ['container' as const, null];
        const platform = image?.platform ?? '';
        const ofRegistry = image && isOfRegistry(image);
        const found = { container, image, owner, mode, reference, tagged: there ?? null };
        return { kind, service, ...found, runs: container.imageId, platform, ofRegistry };
      });
    const taken = new Set(containers.map(({ container }) => container.name));
    // Of services that are only remembered a manager may say something else by now.
    const services = inventory.swarm?.answered ? inventory.swarm.services : [];
    this.all = [
      ...containers,
      ...services.flatMap((service): Subject[] => {
        const found = serviceSubject(service, inventory.images, nameAmong(service, taken));
        if (found === null) return [];
        const { container, image } = found;
        const mode = modeOf({ ...found, policy, otherUpdater, isElsewhere });
        const reference = tagged(madeFrom(container.reference, image));
        // Which node it runs on is Swarm's to say: this one need not have its image.
        const platform = image?.platform ?? service.platform ?? inventory.engine.platform ?? '';
        // A Spec has a digest by a registry's word alone: no node's own image has a part in it.
        const digest = digestMeant(service.image);
        const ofRegistry = digest !== null || (image && isOfRegistry(image));
        const runs = digest ?? service.image;
        // What the tag leads to on one node is nothing to Swarm.
        const of = { mode, reference, tagged: null, runs, platform, ofRegistry };
        return [{ kind: 'service', service, ...found, ...of }];
      }),
    ].sort(
      ({ container: { name: a } }, { container: { name: b } }) =>
        // `web-9` and `web-09` are one number.
        byName.compare(a, b) || (a < b ? -1 : 1),
    );
    this.#byName = new Map(this.all.map((subject) => [subject.container.name, subject]));
  }

  get(name: string): Subject | null {
    return this.#byName.get(name) ?? null;
  }

  /** The image that the engine has under a digest, or as which a containerd store has it. */
  readonly imageOf = (digest: string): ImageFacts | null => this.#byDigest.get(digest) ?? null;
}

function tagged(reference: Reference | null): Reference | null {
  if (reference === null || reference.digest !== null) return reference;
  return { ...reference, tag: reference.tag ?? 'latest' };
}

/** As the engine lists it: in the familiar form, with its tag. */
function nameOf(reference: Reference): string {
  return `${familiarRepository(repositoryOf(reference))}:${reference.tag ?? 'latest'}`;
}
