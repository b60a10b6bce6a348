import { inForce } from './config.js';
import { nodesFor, type Placed } from './placement.js';
import type { NodeFacts, PublishedPort, ServiceFacts } from './types.js';

/** Ports of a task's own node that two tasks cannot have; one that Swarm chooses is another for each. */
export const hostPorts = (ports: readonly PublishedPort[]): PublishedPort[] =>
  ports.filter(({ mode, published }) => mode === 'host' && published !== null);

/**
 * Whether each node that could take a new task of a service surely has as many as it may have. Where
 * tasks are is not looked at: those of nodes that take no new one count as far as they may be there.
 *
 * @param most how many a node may have
 * @param tasks how many the service has; of a global one Swarm makes one a node
 * @param nodes all of the swarm; null: not known
 */
export function isFull(
  service: Placed & Pick<ServiceFacts, 'mode'>,
  most: number,
  tasks: number,
  nodes: readonly NodeFacts[] | null,
): boolean {
  const suiting = nodes && nodesFor(service, nodes);
  if (service.mode.kind === 'global') return most <= 1 && suiting?.take.length !== 0;
  if (suiting === null || tasks === 0) return false;
  const elsewhere = Math.min(tasks, suiting.keep.length * most);
  return tasks - elsewhere >= suiting.take.length * most;
}

/**
 * Whether an update of a service would wait for ever: its new task starts before the old one stops, and
 * no node has room for both, for a port of the node or the most tasks a node may have (FLEET, Swarm).
 *
 * @param nodes all of the swarm; null: not known
 */
export function neverStarts(
  service: Placed & Pick<ServiceFacts, 'mode' | 'ports' | 'update' | 'maxPerNode'>,
  nodes: readonly NodeFacts[] | null,
): boolean {
  const { mode, ports, update, maxPerNode } = service;
  if (mode.kind === 'job' || inForce(update).order !== 'start-first') return false;
  const most = hostPorts(ports).length > 0 ? 1 : maxPerNode;
  const tasks = mode.kind === 'replicated' ? mode.replicas : 0;
  return most !== null && isFull(service, most, tasks, nodes);
}
