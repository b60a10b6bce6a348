import type { SkipReason } from '../../contract/runs.js';
import type { DockerEngine, ListedImage, Removal } from '../../adapters/docker/types.js';
import { isLastName } from '../../domain/update/last-name.js';
import type { Settled } from './types.js';

/**
 * Looks once more, on the engine itself, whether an image may go: not used now, each name still
 * its own, no name gained since the plan (JUDGING §6). Null when it may.
 *
 * @param own Careen's own tags on record for it. The judge has spoken of these versions; any other tag
 *   may be of another data home, for which the image is kept
 */
export async function lookAtImage(
  engine: DockerEngine,
  id: string,
  planned: readonly string[],
  own: readonly string[],
): Promise<SkipReason | null> {
  const [users, image] = await Promise.all([engine.usersOf(id), engine.listImage(id)]);
  if (users.length > 0) return { code: 'in-use', containers: users.map((c) => c.name) };
  if (!image) return { code: 'gone' };
  return changedNames(image, planned, own);
}

function changedNames(
  { refs, ownRefs }: ListedImage,
  planned: readonly string[],
  own: readonly string[],
): SkipReason | null {
  const known = [...planned, ...own];
  const gained = [...refs, ...ownRefs].find((ref) => !known.includes(ref));
  if (gained !== undefined) return { code: 'new-reference', ref: gained };
  const moved = planned.find((ref) => !refs.includes(ref));
  return moved === undefined ? null : { code: 'tag-moved', ref: moved };
}

/**
 * Removes one image: untags name by name, then deletes by ID, never forced and never by digest
 * (a containerd store would take every tag). What does not go through is taken back (JUDGING §6).
 * Tags of Careen's own are not: nothing is kept by them any more.
 */
export async function removeImage(
  engine: DockerEngine,
  id: string,
  refs: readonly string[],
  own: readonly string[],
): Promise<Settled> {
  for (const tag of own)
    if ((await engine.resolve(tag)) === id) {
      const listed = await engine.listImage(id);
      if (!isLastName(listed, engine.facts.store, tag)) await engine.untag(tag);
    }
  const untagged: string[] = [];
  // The last name goes with the image: by itself it would leave the image to its digests.
  for (const ref of refs.slice(0, -1)) {
    const moved = { code: 'tag-moved', ref } as const;
    // By name it would be taken off whatever bears it now, and take that along.
    if ((await engine.resolve(ref)) !== id) return takeBack(engine, id, untagged, moved);
    const removal = await engine.untag(ref);
    if (!removal.done)
      return takeBack(engine, id, untagged, removal.status === 404 ? moved : refused(removal));
    untagged.push(ref);
  }
  if (untagged.length > 0) {
    const skip = await lookAtImage(engine, id, refs.slice(-1), own);
    if (skip) return takeBack(engine, id, untagged, skip);
  }
  const removal = await engine.removeImage(id);
  if (removal.done) return { state: 'removed' };
  return takeBack(engine, id, untagged, refused(removal));
}

/** Why a removal was left: it was gone, or what the engine said. */
export function refused(removal: Removal & { done: false }): SkipReason {
  if (removal.status === 404) return { code: 'gone' };
  return { code: 'engine-refused', message: removal.message };
}

async function takeBack(
  engine: DockerEngine,
  id: string,
  untagged: readonly string[],
  skip: SkipReason,
): Promise<Settled> {
  if (skip.code === 'gone' && (await engine.listImage(id)) === null)
    return { state: 'skipped', skip };
  await putBack(engine, id, untagged);
  return { state: 'skipped', skip };
}

/** Gives an image the names back that it lost, unless another image has taken them meanwhile. */
export async function putBack(
  engine: DockerEngine,
  id: string,
  refs: readonly string[],
): Promise<void> {
  for (const ref of refs) if ((await engine.resolve(ref)) === null) await engine.tag(id, ref);
}
