import type { Inventory } from '../facts.js';
import { seeContainer } from './seen.js';
import { changingUpdater } from './tools/updaters.js';

/** What else changes containers or images on an engine, and as which container. */
export interface OtherUpdater {
  tool: string;
  container: string;
}

/**
 * Another updater or cleaner at work on the same engine: a running container that mounts the
 * engine's socket and is known by its repository (OWNERS §3). While there is one, nothing goes by
 * itself. Null for none.
 */
export function otherUpdater({ images, containers }: Inventory): OtherUpdater | null {
  for (const facts of containers) {
    if (facts.state !== 'running' || !facts.mountsSocket) continue;
    const image = images.find(({ id }) => id === facts.imageId) ?? null;
    const tool = changingUpdater(seeContainer(facts, image));
    if (tool !== null) return { tool, container: facts.name };
  }
  return null;
}
