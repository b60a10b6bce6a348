import type { EngineEvent } from '../../adapters/docker/types.js';

/** Containers whose names are remembered from events; the oldest go first. */
const bound = 256;

/** Containers' names as events tell them: of one that went before it was read nothing else does. */
export class ContainerNames {
  readonly #names = new Map<string, string>();

  note(event: EngineEvent): void {
    if (event.kind !== 'container' || event.name === '') return;
    this.#names.delete(event.id);
    this.#names.set(event.id, event.name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > bound && oldest !== undefined) this.#names.delete(oldest);
  }

  /** The short ID, as docker prints it, where no event named it. */
  of(id: string): string {
    return this.#names.get(id) ?? id.slice(0, 12);
  }
}
