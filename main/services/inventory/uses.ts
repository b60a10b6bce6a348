import type { EngineEvent } from '../../adapters/docker/types.js';
import type { Sighting } from '../types.js';
import type { ContainerEvent } from './changes.js';
import type { Held } from './held.js';
import { ContainerNames } from './names.js';
import type { Memory } from './reader.js';
import { attachmentsOf, useOf } from './sightings.js';

/** What an event by itself tells of the use of images, networks and volumes, before anything is read. */
export class Uses {
  readonly #names = new ContainerNames();

  constructor(
    private readonly held: Held,
    private readonly memory: Memory,
  ) {}

  of(event: EngineEvent): Sighting[] {
    this.#names.note(event);
    if (event.kind === 'container') return this.#byContainer(event);
    if (event.kind !== 'network' && event.kind !== 'volume') return [];
    const { kind, at, container } = event;
    if (container === null) return [];
    const by = this.held.containers.get(container)?.name ?? this.#names.of(container);
    return kind === 'network'
      ? [{ kind: 'attached', to: kind, id: event.id, at, by, mountedAt: null }]
      : [{ kind: 'attached', to: kind, id: event.name, at, by, mountedAt: event.destination }];
  }

  #byContainer(event: ContainerEvent): Sighting[] {
    const known = this.held.containers.get(event.id);
    const used = useOf(event, known ? [known.imageId] : this.#resolve(event.reference));
    if (!known || used.length === 0) return used;
    return [...used, ...attachmentsOf(known, this.held.networks.values(), event.at)];
  }

  /**
   * The image that a container was made from, by the reference that its event names; where that
   * fails, every image that ever carried it (DESIGN §3).
   */
  #resolve(reference: string): string[] {
    for (const image of this.held.images.values())
      if (image.id === reference || image.refs.includes(reference)) return [image.id];
    return this.memory.carriers(reference);
  }
}
