import PQueue from 'p-queue';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { isCareenError } from '../../domain/errors.js';
import type { ContainerFacts, Inventory } from '../../domain/facts.js';
import { ownerOf } from '../../domain/owners/owner-of.js';
import type { ContainerSpec } from '../../domain/recreate/types.js';
import { memberOf, type Member } from '../../domain/update/dependencies.js';

/** Inspects at once: as many as reading an engine takes. */
const width = 8;

/**
 * Every container of an engine as far as others depend on it; those gone meanwhile are left out. One
 * that is stuck holds its own inspect back, not the others: its labels are known, and it is left alone.
 */
export async function membersOf(
  engine: Pick<DockerEngine, 'inspectContainer'>,
  { containers, images }: Pick<Inventory, 'containers' | 'images'>,
): Promise<Member[]> {
  const byId = new Map(images.map((image) => [image.id, image]));
  const queue = new PQueue({ concurrency: width });
  const members = await queue.addAll(
    containers.map((facts) => async (): Promise<Member | null> => {
      const spec = await inspected(engine, facts.id);
      if (spec === null) return null;
      const image = byId.get(facts.imageId) ?? null;
      const { kind } = ownerOf(facts, image);
      return memberOf(spec === 'stuck' ? asListed(facts) : spec, {
        running: facts.state === 'running' || facts.state === 'restarting',
        foreign: spec === 'stuck' || (kind !== 'person' && kind !== 'compose'),
        imageLabels: image?.labels ?? {},
      });
    }),
  );
  return members.filter((member) => member !== null);
}

/** A container's spec; `stuck` where its inspect alone is held back, null where it is gone. */
export async function inspected(
  engine: Pick<DockerEngine, 'inspectContainer'>,
  id: string,
): Promise<ContainerSpec | 'stuck' | null> {
  try {
    return await engine.inspectContainer(id);
  } catch (e) {
    const isStuck =
      isCareenError(e, 'engine-silent') ||
      (isCareenError(e, 'engine-error') && e.details.status === 500);
    if (isStuck) return 'stuck';
    throw e;
  }
}

function asListed({ id, name, imageId, labels }: ContainerFacts): ContainerSpec {
  return {
    Id: id,
    Name: `/${name}`,
    Image: imageId,
    Config: { Labels: labels },
    HostConfig: {},
    Mounts: [],
    NetworkSettings: {},
  };
}
