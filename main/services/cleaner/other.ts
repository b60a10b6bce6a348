import type { SkipReason } from '../../contract/runs.js';
import type { DockerEngine, Removal } from '../../adapters/docker/types.js';
import type { ContainerState } from '../../domain/facts.js';
import type { PlanItem } from '../../domain/plan/types.js';
import type { Policy } from '../../domain/policy/types.js';
import { refused } from './image.js';
import type { Intended, Seen, Settled } from './types.js';

/** States in which a container has no process. */
const ended: readonly ContainerState[] = ['exited', 'created', 'dead'];

/** Looks once more whether what is no image may go: as it was, and nobody's. Null when it may. */
export async function lookAtOther(
  engine: DockerEngine,
  item: Intended,
  seen: Seen,
): Promise<SkipReason | null> {
  switch (item.kind) {
    case 'container':
      return lookAtContainer(engine, item.id, seen);
    case 'network':
      if (!(await engine.hasNetwork(item.id))) return { code: 'gone' };
      return usersIn(engine, ({ networks }) => networks.includes(nameOf(item)));
    case 'volume':
      return lookAtVolume(engine, nameOf(item), seen);
    default:
      return null;
  }
}

/** One of the same name may have been made since the plan: its data are not what was named. */
async function lookAtVolume(
  engine: DockerEngine,
  name: string,
  { plannedAt }: Seen,
): Promise<SkipReason | null> {
  const volume = (await engine.volumes()).find((one) => one.name === name);
  if (!volume) return { code: 'gone' };
  if (volume.created !== null && volume.created > plannedAt)
    return { code: 'state-changed', state: 'new' };
  return usersIn(engine, ({ volumes }) => volumes.includes(name));
}

/** It may have run again since the plan, also where it has ended by now. */
async function lookAtContainer(
  engine: DockerEngine,
  id: string,
  { plannedAt, containers }: Seen,
): Promise<SkipReason | null> {
  const now = await engine.container(id);
  if (!now) return { code: 'gone' };
  const then = containers.get(id);
  const same =
    ended.includes(now.state) &&
    now.state === then?.state &&
    now.started === then.started &&
    now.finished === then.finished &&
    (now.started === null || now.started <= plannedAt);
  return same ? null : { code: 'state-changed', state: now.state };
}

async function usersIn(
  engine: DockerEngine,
  uses: (container: { networks: string[]; volumes: string[] }) => boolean,
): Promise<SkipReason | null> {
  const users = (await engine.containersNow()).filter(uses);
  return users.length === 0 ? null : { code: 'in-use', containers: users.map((c) => c.name) };
}

/** Removes what is no image. Volumes and networks unforced, containers without their volumes. */
export async function removeOther(
  engine: DockerEngine,
  item: PlanItem,
  policy: Policy,
): Promise<Settled> {
  switch (item.kind) {
    case 'container':
      return settledBy(await engine.removeContainer(item.id));
    case 'network':
      return settledBy(await engine.removeNetwork(item.id));
    case 'volume':
      return settledBy(await engine.removeVolume(nameOf(item)));
    default: {
      const { unusedFor, keep } = policy.buildCache;
      return { state: 'removed', freed: await engine.pruneBuildCache({ unusedFor, keep }) };
    }
  }
}

function settledBy(removal: Removal): Settled {
  return removal.done ? { state: 'removed' } : { state: 'skipped', skip: refused(removal) };
}

/** Whether it stands; null for the build cache, of which nothing tells how much of it went. */
export async function otherStands(engine: DockerEngine, item: Intended): Promise<boolean | null> {
  switch (item.kind) {
    case 'container':
      return (await engine.container(item.id)) !== null;
    case 'network':
      return engine.hasNetwork(item.id);
    case 'volume':
      return engine.hasVolume(nameOf(item));
    default:
      return null;
  }
}

/** Networks are asked for by ID, but containers name them. */
function nameOf({ id, refs }: Intended): string {
  return refs[0] ?? id;
}
