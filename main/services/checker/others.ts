import type { ContainerFacts, Millis } from '../../domain/facts.js';
import type { Memory } from './memory.js';

/** An update under way; it tells which containers it makes. */
export interface Acting {
  /** This container stands, or is about to stand, under this name by Careen's own doing. */
  made(name: string, containerId: string): void;
  /** It is over. */
  end(): void;
}

/**
 * Notices what else puts containers under known names: another updater, `docker compose up`, a person
 * (OWNERS §3).
 */
export class Others {
  readonly #acting = new Map<string, number>();

  /**
   * Whatever stands under these names until the end is taken for Careen's own doing; after it, what it
   * made still is.
   */
  acting(names: readonly string[], made: (name: string, containerId: string) => void): Acting {
    const count = (by: number) => {
      for (const name of names) this.#acting.set(name, (this.#acting.get(name) ?? 0) + by);
    };
    count(1);
    let over = false;
    return {
      made,
      end: () => {
        if (!over) count(-1);
        over = true;
      },
    };
  }

  /**
   * Compares what stands under each name with what stood there, and remembers it.
   *
   * @param watched whether a new image under a container's name would be an update of it
   * @returns whether something else put another image somewhere
   */
  notice(
    memory: Memory,
    containers: readonly ContainerFacts[],
    watched: (container: ContainerFacts) => boolean,
    now: Millis,
  ): boolean {
    let found = false;
    for (const container of containers) {
      const { name, id, imageId } = container;
      const before = memory.container(name);
      if (before?.ran.id === id && before.goneAt === null) continue;
      const isWatched = watched(container);
      if (!before && !isWatched) continue;
      memory.meet(name, { id, imageId });
      if (!before || before.ran.imageId === imageId || !isWatched) continue;
      if (before.own.includes(id) || (this.#acting.get(name) ?? 0) > 0) continue;
      memory.change(name, { recreated: { at: container.created ?? now, allowed: false } });
      found = true;
    }
    memory.missing(new Set(containers.map(({ name }) => name)), now);
    return found;
  }
}
