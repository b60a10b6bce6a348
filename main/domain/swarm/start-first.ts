import { inForce } from './config.js';
import type { PublishedPort, ServiceFacts, ServiceMode } from './types.js';

/** Ports of a task's own node that two tasks cannot have; one that Swarm chooses is another for each. */
export const hostPorts = (ports: readonly PublishedPort[]): PublishedPort[] =>
  ports.filter(({ mode, published }) => mode === 'host' && published !== null);

/**
 * Whether each node that could take a task of a service has one already.
 *
 * @param nodes how many could; null: not known
 */
export const isEverywhere = (mode: ServiceMode, tasks: number, nodes: number | null): boolean =>
  mode.kind === 'global' || (nodes !== null && tasks >= nodes);

/**
 * Whether an update of a service would wait for ever: its new task starts before the old one stops, and
 * no node has the port free that both want (FLEET, Swarm).
 *
 * @param nodes how many the swarm has; null: not known
 */
export function neverStarts(
  { mode, ports, update }: Pick<ServiceFacts, 'mode' | 'ports' | 'update'>,
  nodes: number | null,
): boolean {
  if (mode.kind === 'job' || inForce(update).order !== 'start-first') return false;
  const tasks = mode.kind === 'replicated' ? mode.replicas : 0;
  return hostPorts(ports).length > 0 && isEverywhere(mode, tasks, nodes);
}
