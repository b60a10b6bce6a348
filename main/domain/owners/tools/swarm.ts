import { shellWord } from '../command.js';
import { always, needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** `service.slot.task`, or a node's ID as the slot. */
const taskName = /^(.+)\.(?:\d+|[a-z0-9]{25})\.[a-z0-9]{25}$/;

/**
 * Tasks of Swarm (moby:daemon/cluster/executor/container). A task's label may be empty: the key is
 * the sign. Without a manager's answer the images of a service's spec and previous spec are taken
 * to be the two that its tasks used last, while it has a task here.
 */
export const swarm: OwnerTool = {
  kind: 'swarm',
  tool: 'Swarm',
  container({ own, labels, name }) {
    if (own['com.docker.swarm.task'] === undefined) return null;
    const unit = labels['com.docker.swarm.service.name'] ?? serviceOf(name);
    const command = unit === null ? null : `docker service update --image IMAGE ${shellWord(unit)}`;
    return { unit, command, proof: 'com.docker.swarm.task' };
  },
  images: {
    lastUser: taskName,
    of(_, sign) {
      const unit = sign === null ? null : serviceOf(sign);
      return unit === null || sign === null ? null : { unit, proof: sign, family: unit };
    },
  },
  volume: ({ labels }) => ofStack(labels),
  network({ name, labels, facts }) {
    if (name === 'ingress' && facts.driver === 'overlay') return { unit: null, proof: name };
    return ofStack(labels);
  },
  needs: {
    ...needsOfKind.service,
    container: always,
    image: { for: 'latest', count: 2, while: 'unit' },
  },
};

/** The service of a task by its container's name. */
function serviceOf(name: string): string | null {
  return taskName.exec(name)?.[1] ?? null;
}

function ofStack(labels: Readonly<Record<string, string>>) {
  const unit = labels['com.docker.stack.namespace'];
  return unit === undefined ? null : { unit, proof: 'com.docker.stack.namespace' };
}
