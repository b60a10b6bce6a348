import type { ServiceFacts, TaskFacts } from './types.js';

const isWanted = ({ desired }: TaskFacts) => desired === 'running' || desired === 'ready';

/** A task's place: its slot, or of a global service its node. */
const place = ({ slot, nodeId }: TaskFacts) => (slot === null ? (nodeId ?? '') : slot);

export function tasksOf({ id }: Pick<ServiceFacts, 'id'>, tasks: readonly TaskFacts[]) {
  return tasks.filter(({ serviceId }) => serviceId === id);
}

/** How many tasks a service should run; of a global one: as many as Swarm has made. */
export function wantedTasks(
  service: Pick<ServiceFacts, 'id' | 'mode'>,
  tasks: readonly TaskFacts[],
): number {
  if (service.mode.kind === 'replicated') return service.mode.replicas;
  return new Set(tasksOf(service, tasks).filter(isWanted).map(place)).size;
}
