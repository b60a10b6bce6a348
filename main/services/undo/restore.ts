import type { DockerEngine } from '../../adapters/docker/types.js';
import { toWire } from '../../contract/wire.js';
import type { UndoneItem } from '../../contract/runs.js';
import { CareenError, isCareenError, meansLost, toCareenError } from '../../domain/errors.js';
import type { Outcome } from '../journal/records.js';

/** The value of `X-Registry-Auth` for a reference; null where no credentials are known. */
export type RegistryAuth = (reference: string) => Promise<string | null>;

type Result = Outcome['result'];

/**
 * Whether there is anything to pull at all: null when there is. What stands already gets back the
 * names that it lost; a name that another image bears by now stays with that one.
 */
export async function beforePull(engine: DockerEngine, item: UndoneItem): Promise<Result | null> {
  if (item.kind !== 'image' || item.pull[0] === undefined)
    return { state: 'skipped', skip: { code: 'not-recoverable' } };
  const taken = await takenNames(engine, item);
  if (await engine.listImage(item.id)) {
    const named = await giveNames(engine, item);
    return named.some((ref) => taken.missing.includes(ref))
      ? { state: 'restored', refs: named, pulled: item.pull[0] }
      : { state: 'skipped', skip: { code: 'there-already' } };
  }
  const [ref] = taken.others;
  return ref !== undefined && taken.others.length === item.refs.length
    ? { state: 'skipped', skip: { code: 'name-taken', ref } }
    : null;
}

/**
 * Pulls an image by digest and gives it its names back (issue 10, History). Throws what ends the
 * whole run: an engine that went away, and `run-cancelled`.
 */
export async function restore(
  engine: DockerEngine,
  item: UndoneItem,
  auth: RegistryAuth,
  signal: AbortSignal,
): Promise<Result> {
  let failure: CareenError = new CareenError('pulled-other', {
    reference: item.pull[0] ?? item.id,
  });
  for (const reference of item.pull) {
    try {
      await engine.pull(reference, { auth: await auth(reference), signal });
      if (await engine.listImage(item.id))
        return { state: 'restored', refs: await giveNames(engine, item), pulled: reference };
      failure = new CareenError('pulled-other', { reference });
    } catch (e) {
      if (meansLost(e) || isCareenError(e, 'run-cancelled')) throw e;
      failure = toCareenError(e);
    }
  }
  return { state: 'failed', error: toWire(failure) };
}

/**
 * Finds out what became of a restoring that was cut off: an image that is there gets its names,
 * one that is not is left to another undoing.
 */
export async function settleRestoring(
  engine: DockerEngine,
  item: UndoneItem,
  cut: 'engine-lost' | 'interrupted' | 'cancelled',
): Promise<Result> {
  if ((await engine.listImage(item.id)) === null) return { state: 'skipped', skip: { code: cut } };
  const refs = await giveNames(engine, item);
  return { state: 'restored', refs, pulled: item.pull[0] ?? item.id };
}

async function takenNames(engine: DockerEngine, { id, refs }: UndoneItem) {
  const missing: string[] = [];
  const others: string[] = [];
  for (const ref of refs) {
    const bearer = await engine.resolve(ref);
    if (bearer === null) missing.push(ref);
    else if (bearer !== id) others.push(ref);
  }
  return { missing, others };
}

/** Gives an image those of its names that no other image bears; those that it then has. */
async function giveNames(engine: DockerEngine, { id, refs }: UndoneItem): Promise<string[]> {
  const named: string[] = [];
  for (const ref of refs) {
    const bearer = await engine.resolve(ref);
    if (bearer === null) await engine.tag(id, ref);
    if (bearer === null || bearer === id) named.push(ref);
  }
  return named;
}
