import type { NodeFacts, PublishedPort, ServiceFacts, Surroundings } from './types.js';

/** What a service's tasks take of a node. */
export type Needing = Pick<ServiceFacts, 'id' | 'ports' | 'maxPerNode' | 'reserves'>;

/** How many of a service's tasks a node may have, by each of what limits them; infinite: any number. */
export interface Room {
  /** By ports of the node itself. */
  port: number;
  /** By the most that the service lets a node have. */
  limit: number;
  /** By the memory and the CPUs that each reserves. */
  reserved: number;
}

/** Ports of a task's own node that two tasks cannot have; one that Swarm chooses is another for each. */
export const hostPorts = (ports: readonly PublishedPort[]): PublishedPort[] =>
  ports.filter(({ mode, published }) => mode === 'host' && published !== null);

/** Whether its tasks reserve memory or CPUs. */
export const reservesAny = ({ reserves }: Pick<Needing, 'reserves'>): boolean =>
  reserves.memory > 0 || reserves.nanoCpus > 0;

/** Whether it says on how much of a node, or how often, its tasks may be. */
export const isLimited = (service: Needing): boolean =>
  service.maxPerNode !== null || hostPorts(service.ports).length > 0 || reservesAny(service);

/**
 * The room that a node has for a service's tasks beside those of others, as Swarm's scheduler counts it
 * (swarmkit, manager/scheduler/filter.go: `HostPortFilter`, `MaxReplicasFilter`, `ResourceFilter`, and
 * nodeinfo.go). What is not known takes no room.
 *
 * @param node null: any, of which nothing is known
 */
export function roomOn(
  service: Needing,
  node: NodeFacts | null,
  { services, tasks }: Surroundings,
): Room {
  // Tasks of a service that is gone are about to go.
  const others = new Map(services.map((one) => [one.id, one]));
  others.delete(service.id);
  const there = (tasks ?? []).filter(
    ({ serviceId, nodeId }) => nodeId !== null && nodeId === node?.id && others.has(serviceId),
  );
  const left = (of: 'memory' | 'nanoCpus') => {
    const wanted = service.reserves[of];
    const all = node?.resources?.[of];
    if (wanted === 0 || all === undefined) return Infinity;
    const taken = there.reduce((sum, { reserves }) => sum + reserves[of], 0);
    return Math.max(0, Math.floor((all - taken) / wanted));
  };
  const ports = hostPorts(service.ports);
  const taken = hostPorts(there.flatMap(({ serviceId }) => others.get(serviceId)?.ports ?? []));
  const isTaken = ports.some(({ published, protocol }) =>
    taken.some((other) => other.published === published && other.protocol === protocol),
  );
  return {
    port: ports.length === 0 ? Infinity : isTaken ? 0 : 1,
    limit: service.maxPerNode ?? Infinity,
    reserved: Math.min(left('memory'), left('nanoCpus')),
  };
}
