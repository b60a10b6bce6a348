import { toWire } from '../../contract/wire.js';
import type { SkipReason } from '../../contract/runs.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { PlanItem } from '../../domain/plan/types.js';
import type { Policy } from '../../domain/policy/types.js';
import type { Outcome } from '../journal/records.js';
import { lookAtImage, putBack, removeImage } from './image.js';
import { lookAtOther, otherStands, removeOther } from './other.js';
import type { Ground } from './order.js';
import type { Intended, Seen, Settled } from './types.js';

/**
 * Looks once more, on the engine itself, whether an item may go (JUDGING §6). Null when it may.
 */
export async function lookAgain(
  engine: DockerEngine,
  item: Intended,
  seen: Seen,
  ownTags: Ground['ownTags'],
): Promise<SkipReason | null> {
  return item.kind === 'image'
    ? lookAtImage(engine, item.id, item.refs, ownTags(item.id))
    : lookAtOther(engine, item, seen);
}

/** Removes one item, never forced. */
export async function removeItem(
  engine: DockerEngine,
  item: PlanItem,
  policy: Policy,
  ownTags: Ground['ownTags'],
): Promise<Settled> {
  return item.kind === 'image'
    ? removeImage(engine, item.id, item.refs, ownTags(item.id))
    : removeOther(engine, item, policy);
}

/**
 * Finds out what became of a removal that was cut off: what is gone was removed, an image that
 * stands gets its names back. Never tries again (DESIGN §1.4: a plan is run once).
 */
export async function settleIntent(
  engine: DockerEngine,
  item: Intended,
  cut: 'engine-lost' | 'interrupted',
): Promise<Settled> {
  const stands = await isThere(engine, item);
  if (stands === null) return { state: 'skipped', skip: { code: 'cut-off' } };
  if (!stands) return { state: 'removed' };
  if (item.kind === 'image') await putBack(engine, item.id, item.refs);
  return { state: 'skipped', skip: { code: cut } };
}

/** What became of a removal that an engine's error cut short; names that went are put back. */
export async function failedItem(
  engine: DockerEngine,
  item: Intended,
  error: unknown,
): Promise<Outcome['result']> {
  if ((await isThere(engine, item)) === false) return { state: 'removed' };
  if (item.kind === 'image') await putBack(engine, item.id, item.refs);
  return { state: 'failed', error: toWire(error) };
}

/** Whether it stands; null where only the engine's own answer could have told (build cache). */
async function isThere(engine: DockerEngine, item: Intended): Promise<boolean | null> {
  return item.kind === 'image'
    ? (await engine.listImage(item.id)) !== null
    : otherStands(engine, item);
}
