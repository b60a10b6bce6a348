import PQueue from 'p-queue';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { Inventory } from '../../domain/facts.js';
import { ownerOf } from '../../domain/owners/owner-of.js';
import { memberOf, type Member } from '../../domain/update/dependencies.js';

/** Inspects at once: as many as reading an engine takes. */
const width = 8;

/** Every container of an engine as far as others depend on it; those gone meanwhile are left out. */
export async function membersOf(
  engine: Pick<DockerEngine, 'inspectContainer'>,
  { containers, images }: Pick<Inventory, 'containers' | 'images'>,
): Promise<Member[]> {
  const byId = new Map(images.map((image) => [image.id, image]));
  const queue = new PQueue({ concurrency: width });
  const members = await queue.addAll(
    containers.map((facts) => async (): Promise<Member | null> => {
      const spec = await engine.inspectContainer(facts.id);
      const image = byId.get(facts.imageId) ?? null;
      const { kind } = ownerOf(facts, image);
      return (
        spec &&
        memberOf(spec, {
          running: facts.state === 'running' || facts.state === 'restarting',
          foreign: kind !== 'person' && kind !== 'compose',
          imageLabels: image?.labels ?? {},
        })
      );
    }),
  );
  return members.filter((member) => member !== null);
}
