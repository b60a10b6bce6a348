import { toWire, type WireError } from '../../contract/model.js';
import type { SkipReason } from '../../contract/runs.js';
import type { DockerEngine, ListedImage, Removal } from '../../adapters/docker/types.js';

/** What became of one image when its turn came. */
export type ItemResult = { state: 'removed' } | { state: 'skipped'; skip: SkipReason };

/**
 * Looks once more, on the engine itself, whether an image may go: not used now, each name still
 * its own, no name gained since the plan (JUDGING §6). Null when it may.
 */
export async function lookAgain(
  engine: DockerEngine,
  id: string,
  planned: readonly string[],
): Promise<SkipReason | null> {
  const users = await engine.usersOf(id);
  if (users.length > 0) return { code: 'in-use', containers: users.map((c) => c.name) };
  const image = await engine.listImage(id);
  if (!image) return { code: 'gone' };
  return changedNames(image, planned);
}

function changedNames(image: ListedImage, planned: readonly string[]): SkipReason | null {
  const gained = [...image.refs, ...image.ownRefs].find((ref) => !planned.includes(ref));
  if (gained !== undefined) return { code: 'new-reference', ref: gained };
  const moved = planned.find((ref) => !image.refs.includes(ref));
  return moved === undefined ? null : { code: 'tag-moved', ref: moved };
}

/**
 * Removes one image: untags name by name, then deletes by ID, never forced and never by digest
 * (a containerd store would take every tag). What does not go through is taken back (JUDGING §6).
 */
export async function removeImage(
  engine: DockerEngine,
  id: string,
  refs: readonly string[],
): Promise<ItemResult> {
  const untagged: string[] = [];
  // The last name goes with the image: by itself it would leave the image to its digests.
  for (const ref of refs.slice(0, -1)) {
    const removal = await engine.untag(ref);
    if (!removal.done) return takeBack(engine, id, untagged, refused(removal));
    untagged.push(ref);
  }
  const skip = await lookAgain(engine, id, refs.slice(-1));
  if (skip) return takeBack(engine, id, untagged, skip);
  const removal = await engine.removeImage(id);
  if (removal.done) return { state: 'removed' };
  return takeBack(engine, id, untagged, refused(removal));
}

function refused(removal: Removal & { done: false }): SkipReason {
  if (removal.status === 404) return { code: 'gone' };
  return { code: 'engine-refused', message: removal.message };
}

async function takeBack(
  engine: DockerEngine,
  id: string,
  untagged: readonly string[],
  skip: SkipReason,
): Promise<ItemResult> {
  if (skip.code !== 'gone') await putBack(engine, id, untagged);
  return { state: 'skipped', skip };
}

/** Gives an image the names back that it lost, unless another image has taken them meanwhile. */
async function putBack(engine: DockerEngine, id: string, refs: readonly string[]): Promise<void> {
  for (const ref of refs) if ((await engine.resolve(ref)) === null) await engine.tag(id, ref);
}

/**
 * Finds out what became of a removal that was cut off: an image that is gone was removed, one that
 * stands gets its names back. Never tries again (DESIGN §1.4: a plan is run once).
 */
export async function settleIntent(
  engine: DockerEngine,
  intent: { id: string; refs: readonly string[] },
  cut: 'engine-lost' | 'interrupted',
): Promise<ItemResult> {
  if ((await engine.listImage(intent.id)) === null) return { state: 'removed' };
  await putBack(engine, intent.id, intent.refs);
  return { state: 'skipped', skip: { code: cut } };
}

/** What became of a removal that an engine's error cut short; names that went are put back. */
export async function failedItem(
  engine: DockerEngine,
  item: { id: string; refs: readonly string[] },
  error: unknown,
): Promise<{ state: 'removed' } | { state: 'failed'; error: WireError }> {
  if ((await engine.listImage(item.id)) === null) return { state: 'removed' };
  await putBack(engine, item.id, item.refs);
  return { state: 'failed', error: toWire(error) };
}
