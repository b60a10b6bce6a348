import type { ServiceFacts } from '../../domain/swarm/types.js';
import type { Room } from './types.js';

/** The list of engines, as far as it is asked here. */
export interface ServicesGround {
  keys(): string[];
  rooms(): Room[];
  peek(key: string): Room | null;
  /** Images of the kept versions of a service, by an engine's key, where that has no open room. */
  remembered(key: string, id: string): string[];
}

/** What all engines of the list know of services together: any of a swarm's managers may tell of them. */
export class ServicesOfAll {
  /** What the manager of each room told of services last, by key. */
  readonly #told = new Map<string, string>();

  constructor(private readonly list: ServicesGround) {}

  /**
   * Images of the kept versions of a service, by its ID, whether engines were reached or not. Service IDs
   * are unique, and any of a swarm's managers may have updated it: each keeps the versions that it replaced.
   */
  images(id: string): string[] {
    const images = this.list
      .keys()
      .flatMap((key) => this.list.peek(key)?.imagesOfService(id) ?? this.list.remembered(key, id));
    return [...new Set(images)];
  }

  /**
   * The services of a swarm by one of its managers, by their node IDs, that is an engine of the list and
   * answers; null: none is. A worker cannot know services (FLEET, Task containers).
   */
  by(managers: readonly string[]): readonly ServiceFacts[] | null {
    const told = this.list.rooms().map((room) => room.swarm());
    const by = told.find(
      (one) => one?.answered === true && one.nodeId !== null && managers.includes(one.nodeId),
    );
    return by?.services ?? null;
  }

  /** What a manager tells of services holds images on every node of its swarm that is in the list. */
  compare(key: string): void {
    const swarm = this.list.peek(key)?.swarm() ?? null;
    const said = swarm?.answered ? JSON.stringify(swarm.services) : '';
    if (said === (this.#told.get(key) ?? '')) return;
    this.#told.set(key, said);
    for (const other of this.list.rooms()) if (other.key !== key) other.judging.again();
  }
}
