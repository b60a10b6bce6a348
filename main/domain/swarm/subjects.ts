import type { ServiceFacts } from './types.js';

/**
 * Whether a container is a task of Swarm's, by its own labels: those that its image carries too are
 * left out. The key is the sign, for its value is empty. Such a container is never stopped, renamed,
 * started, recreated or updated, and none of it is offered (FLEET, "What Careen does with it" 6).
 */
export function isTask(own: Readonly<Record<string, string>>): boolean {
  return Object.hasOwn(own, 'com.docker.swarm.task');
}

/** The service and the task that a task's container is of; null parts: its labels do not tell. */
export interface TaskOf {
  serviceId: string | null;
  serviceName: string | null;
  taskId: string | null;
  nodeId: string | null;
}

/** Null: it is no task. */
export function taskOf(own: Readonly<Record<string, string>>): TaskOf | null {
  if (!isTask(own)) return null;
  const label = (key: string) => own[`com.docker.swarm.${key}`] ?? null;
  return {
    serviceId: label('service.id'),
    serviceName: label('service.name'),
    taskId: label('task.id'),
    nodeId: label('node.id'),
  };
}

/**
 * Why a service is not updated now: a job would run once more, and an update or rollback of someone's
 * that is under way would be cut off. Null: it may be.
 */
export function notUpdated({
  mode,
  status,
}: Pick<ServiceFacts, 'mode' | 'status'>): 'job' | 'busy' | null {
  if (mode.kind === 'job') return 'job';
  return status?.state === 'updating' || status?.state === 'rollback_started' ? 'busy' : null;
}
