import { allStores, type EngineIdentity } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import type { ServiceVersion, StoredVersions } from './stored.js';

/** The services of an engine's document, by ID: what it ran before, the oldest first. */
type OfEngine = StoredVersions['services'];

/**
 * Versions of services as they stand in the data home, by the keys of the engines that they were kept by
 * way of. An engine that was not met in this run may be away for long, and the nodes of its swarm keep
 * those images all the same.
 */
export class RememberedServices {
  readonly #read = new Map<string, readonly (EngineIdentity & { services: OfEngine })[]>();

  constructor(
    /** What the data home has of an engine. Throws `home-unwritable`. */
    private readonly load: (engine: EngineIdentity) => Promise<OfEngine>,
  ) {}

  /**
   * Reads what is kept of an engine of the list, by the addresses and IDs that it may have: its store may
   * be another one by now. To be called while no room of it is open, which would write to the same.
   */
  async read(key: string, at: readonly Pick<EngineIdentity, 'endpoint' | 'id'>[]): Promise<void> {
    const identities = at.flatMap(({ endpoint, id }) =>
      allStores.map((store) => ({ endpoint, id, store })),
    );
    const read = identities.map(async (one) => ({ ...one, services: await this.load(one) }));
    this.#read.set(key, await Promise.all(read));
  }

  /**
   * Versions that a service ran, by its ID, as they were kept by way of an engine: the newest first.
   *
   * @param met who it was met as, of whom more is known by now; null: it was not
   */
  of(key: string, id: string, met: EngineIdentity | null): ServiceVersion[] {
    const all = (this.#read.get(key) ?? [])
      .filter((one) => met === null || !sameEngine(one, met))
      .flatMap(({ services }) => services[id] ?? []);
    return all.toSorted((a, b) => b.replacedAt - a.replacedAt);
  }
}
