import type { ContainerFacts } from '../facts.js';
import { GoneProjects } from '../projects.js';
import type { JudgedImage } from '../verdict/types.js';
import { count, namesIn } from './few.js';
import { isContainerOfGone } from './gone-projects.js';
import type { Suggester } from './types.js';

const ended = new Set(['created', 'exited', 'dead']);

/** Containers that ended long ago with the images that nothing else keeps, or much of their own. */
export const exitedContainers: Suggester = {
  id: 'exited-containers',
  find({ inventory, judged, policy, projects, now, thresholds }) {
    if (policy === null) return [];
    const { exitedFor } = policy.containers;
    const gone = new GoneProjects(projects);
    const old = inventory.containers.filter((one) => {
      const since = one.finished ?? one.created;
      const isOld = ended.has(one.state) && since !== null && now - since >= exitedFor;
      // What a project left behind is told with the project.
      return isOld && !isContainerOfGone(one.labels, gone);
    });
    const held = judged.filter((one) => isHeldBy(one, old));
    const holding = new Set(held.map(({ id }) => id));
    const worth = old.filter(
      ({ imageId, sizeRw }) => holding.has(imageId) || (sizeRw ?? 0) > thresholds.bytes,
    );
    if (worth.length === 0) return [];
    return [
      {
        subject: 'all',
        named: [...worth, ...held].map(({ id }) => id),
        tell: (plan) => ({
          id: 'exited-containers',
          containers: count(plan, 'container'),
          images: count(plan, 'image'),
          names: namesIn(plan, 'container'),
        }),
      },
    ];
  },
};

/** Whether these containers, and nothing and no rule besides, keep an image. */
function isHeldBy(
  { facts: { usedBy }, decidedBy, alsoMatched }: JudgedImage,
  old: readonly ContainerFacts[],
): boolean {
  if (decidedBy.code !== 'used' || !usedBy?.length) return false;
  const isFree = alsoMatched.every(({ kind, code }) => kind === 'remove' || code === 'base-of');
  return isFree && usedBy.every(({ id }) => old.some((one) => one.id === id));
}
