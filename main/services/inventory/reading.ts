import PQueue from 'p-queue';
import type { DockerEngine, Listing } from '../../adapters/docker/types.js';
import type { Sighting } from '../types.js';

/** How many images are inspected at a time (ACCOUNTING: the fastest over keep-alive). */
const atOnce = 8;

/** Everything the engine lists. A container that goes between two calls is asked about once more. */
export async function listAll(engine: DockerEngine): Promise<Listing> {
  const listing = await engine.list();
  return listing.containersCounted > listing.containers.length ? engine.list() : listing;
}

/** Reads an image's immutable facts, once in its life. False when the image is gone. */
export async function readNature(
  engine: DockerEngine,
  id: string,
  sight: (sightings: Sighting[]) => void,
): Promise<boolean> {
  const read = await engine.readImage(id);
  if (!read) return false;
  const { nature, state } = read;
  const sightings: Sighting[] = [{ kind: 'nature', nature }];
  if (state.lastTagged !== null) sightings.push({ kind: 'tagged', id, at: state.lastTagged });
  sight(sightings);
  return true;
}

/** The same for many. */
export async function readNatures(
  engine: DockerEngine,
  ids: readonly string[],
  sight: (sightings: Sighting[]) => void,
): Promise<void> {
  const queue = new PQueue({ concurrency: atOnce });
  await Promise.all(ids.map((id) => queue.add(() => readNature(engine, id, sight))));
}
