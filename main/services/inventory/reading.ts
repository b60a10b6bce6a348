import PQueue from 'p-queue';
import type { DockerEngine, Listing } from '../../adapters/docker/types.js';
import { isCareenError, meansLost } from '../../domain/errors.js';
import type { Sighting } from '../types.js';

/** How many images are inspected at a time (ACCOUNTING: the fastest over keep-alive). */
const atOnce = 8;

/** Who is told what reading an image's nature found. */
export interface NatureReader {
  sighted(sightings: Sighting[]): void;
  /** The engine could not tell of this image; what is unknown is kept. */
  failed(error: unknown): void;
}

/** Everything the engine lists. A container that goes between two calls is asked about once more. */
export async function listAll(engine: DockerEngine): Promise<Listing> {
  const listing = await engine.list();
  return listing.containersCounted > listing.containers.length ? engine.list() : listing;
}

/**
 * Reads an image's immutable facts, once in its life. False when the image is gone. Throws only
 * when the engine itself is: one image that it cannot tell of is no loss of the engine.
 */
export async function readNature(
  engine: DockerEngine,
  id: string,
  reader: NatureReader,
): Promise<boolean> {
  try {
    const read = await engine.readImage(id);
    if (!read) return false;
    const { nature, state } = read;
    const sightings: Sighting[] = [{ kind: 'nature', nature }];
    if (state.lastTagged !== null) sightings.push({ kind: 'tagged', id, at: state.lastTagged });
    reader.sighted(sightings);
  } catch (e) {
    // Where the engine answers otherwise, it is this image that it is silent about.
    if (isCareenError(e, 'engine-silent')) await engine.ping();
    else if (meansLost(e)) throw e;
    reader.failed(e);
  }
  return true;
}

/** The same for many. */
export async function readNatures(
  engine: DockerEngine,
  ids: readonly string[],
  reader: NatureReader,
): Promise<void> {
  const queue = new PQueue({ concurrency: atOnce });
  await Promise.all(ids.map((id) => queue.add(() => readNature(engine, id, reader))));
}
