import type { JsonObject } from '../recreate/types.js';
import type { Reference } from '../reference.js';
import { swarmDefaults } from './config.js';
import { pinned } from './image.js';
import { asObject, at, withAt } from './spec.js';

/** What a service is to run, as the registry told it (`/distribution/{name}/json`). */
export interface Wanted {
  name: Reference;
  digest: string;
  /** As in the answer, in its order; null leaves what the Spec has. */
  platforms: { os: string; architecture: string }[] | null;
}

export interface SpecChange {
  /** The whole Spec to send. */
  spec: JsonObject;
  /** What is written as the image. */
  image: string;
  /** Why `rollback` is put in as failure action; null: the service's own is left. */
  rollbackFor: RollbackFor | null;
}

/** `absent`: there was none, which is pause; both would leave a failed slot crash-looping (FLEET, Swarm). */
export type RollbackFor = 'absent' | 'pause';

/** Whether `rollback` is put in place of a service's own failure action, and why. */
export function rollbackFor(action: string | null): RollbackFor | null {
  if (action === null || action === '') return 'absent';
  return action === 'pause' ? 'pause' : null;
}

const image = ['TaskTemplate', 'ContainerSpec', 'Image'];
const platforms = ['TaskTemplate', 'Placement', 'Platforms'];
const failureAction = ['UpdateConfig', 'FailureAction'];

/**
 * A Spec, whole, changed to run another version: the image by its digest, platforms as the CLI would
 * write them, and `rollback` as failure action where there is none or pause. Given in the same update
 * it counts at once, and an automatic rollback puts the former config back (FLEET, Swarm). Null: it is
 * no Spec of containers.
 */
export function changeSpec(before: unknown, wanted: Wanted): SpecChange | null {
  if (asObject(at(before, image.slice(0, -1))) === null) return null;
  const name = pinned(wanted.name, wanted.digest);
  const action = at(before, failureAction);
  const why = rollbackFor(typeof action === 'string' ? action : null);
  let spec = withAt(before, image, name);
  if (wanted.platforms !== null && wanted.platforms.length > 0)
    spec = withAt(spec, platforms, wanted.platforms.map(asPlaced));
  if (why !== null) spec = withRollback(spec);
  return { spec, image: name, rollbackFor: why };
}

/**
 * As the CLI does, entries of `unknown` too: a later `stack deploy` that writes others would replace
 * every task. Nodes call 32-bit ARM `armv7l` and registries `arm`, so there any will do.
 */
function asPlaced({ os, architecture }: { os: string; architecture: string }): JsonObject {
  const anyArm = architecture.toLowerCase() === 'arm';
  return { Architecture: anyArm ? '' : architecture, OS: os };
}

/** A config made anew says what held without it: left out, `Parallelism` would be 0, all at once. */
function withRollback(spec: JsonObject): JsonObject {
  const had = asObject(spec['UpdateConfig']) !== null;
  const { parallelism, monitor, order } = swarmDefaults;
  const made = {
    Parallelism: parallelism,
    Monitor: monitor * 1_000_000,
    MaxFailureRatio: 0,
    Order: order,
  };
  return withAt(had ? spec : withAt(spec, ['UpdateConfig'], made), failureAction, 'rollback');
}
