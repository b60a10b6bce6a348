import type { ContainerNow } from '../../adapters/docker/container-acts.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { Seen, Stand } from '../../domain/update/way-back.js';
import type { Undertaken } from '../journal/update-records.js';

/** What is known of an update's containers beside their names. */
export interface Known {
  /** The new one; null: it was not created, or Careen ended before it was written down. */
  nextId: string | null;
  /** The old one as it was made again. */
  againId: string | null;
}

type Plan = Pick<Undertaken, 'id' | 'container' | 'temporary' | 'aside' | 'again'>;

/** How the containers of an update stand now; by their own names also what was not written down. */
export async function seen(engine: DockerEngine, plan: Plan, known: Known): Promise<Seen> {
  const [old, next, again] = await Promise.all([
    engine.containerNow(plan.id),
    engine.containerNow(known.nextId ?? plan.temporary),
    engine.containerNow(known.againId ?? plan.again),
  ]);
  // Asked last: one of those that the engine removed meanwhile would else hold the name as a stranger.
  const holder = await engine.containerNow(plan.container);
  return {
    old: standOf(old),
    next: standOf(next),
    again: standOf(again),
    holder: standOf(holder)?.id ?? null,
  };
}

function standOf(now: ContainerNow | null): Stand | null {
  // What the engine is about to remove by itself is no longer there to be used.
  if (!now || now.status === 'removing') return null;
  const { id, name, status, restartPolicy } = now;
  const runs = status === 'running' || status === 'restarting' || status === 'paused';
  return { id, name, runs, restartPolicy };
}

/**
 * Stops a container; resolves once it is stopped, of one that the engine then removes by itself once
 * it is gone and its name is free. False where there was none.
 */
export async function stopped(
  engine: DockerEngine,
  id: string,
  autoRemove: boolean,
): Promise<boolean> {
  if (!autoRemove) return engine.stopContainer(id);
  const never = new AbortController();
  // Opened before the stop: afterwards there may be nothing left to wait for (RECREATE, --rm).
  const removed = engine.waitRemoved(id, never.signal);
  // Where the stop itself fails nobody waits for it.
  removed.catch(() => undefined);
  try {
    const there = await engine.stopContainer(id);
    await removed;
    return there;
  } finally {
    never.abort();
  }
}
