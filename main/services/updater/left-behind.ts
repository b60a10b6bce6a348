import { isCareenError, meansLost } from '../../domain/errors.js';
import type { Versions } from '../versions/index.js';
import type { UpdateGround } from './types.js';

/**
 * Tells whoever chooses versions of those that were gone back from. They are on record before, so
 * that none is taken again by itself, whenever Careen ends; and told between runs, when what is known
 * of the engine is whole.
 */
export class LeftBehind {
  #telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly ground: Pick<UpdateGround, 'engine' | 'inventory' | 'rolledBack'>,
    private readonly versions: Versions,
  ) {}

  /** Resolves once all are told that can be; of an engine or a swarm that is silent, later. */
  tell(): Promise<void> {
    const telling = this.#telling.then(() => this.#tell());
    this.#telling = telling.catch(() => undefined);
    return telling;
  }

  async #tell(): Promise<void> {
    const versions = this.versions.current;
    if (!versions || versions.leftBehind().length === 0) return;
    try {
      // What is said is said of the container that stands there now.
      await this.ground.inventory();
      for (const { container, version, at } of versions.leftBehind()) {
        try {
          await this.ground.rolledBack(container, version, at);
        } catch (e) {
          // A service that no manager tells of now is told of later, and keeps nothing else waiting.
          if (isCareenError(e, 'swarm-silent')) continue;
          // Of a container that is there no more nothing needs to be known.
          if (!isCareenError(e, 'container-unknown')) throw e;
        }
        await versions.told(container, version);
      }
    } catch (e) {
      if (!meansLost(e) && !isCareenError(e, 'engine-not-found')) throw e;
    }
  }
}
