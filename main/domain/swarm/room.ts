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
  const others = (tasks ?? []).filter(
    ({ serviceId, nodeId }) => serviceId !== service.id && node !== null && nodeId === node.id,
  );
  const left = (of: 'memory' | 'nanoCpus') => {
    const wanted = service.reserves[of];
    const all = node?.resources?.[of];
    if (wanted === 0 || all === undefined) return Infinity;
    const taken = others.reduce((sum, { reserves }) => sum + reserves[of], 0);
    return Math.max(0, Math.floor((all - taken) / wanted));
  };
  const ports = hostPorts(service.ports);
  const there = new Set(others.map(({ serviceId }) => serviceId));
  const taken = services.flatMap((one) => (there.has(one.id) ? hostPorts(one.ports) : []));
  const isTaken = ports.some((one) => taken.some((other) => isSamePort(one, other)));
  return {
    port: ports.length === 0 ? Infinity : isTaken ? 0 : 1,
    limit: service.maxPerNode ?? Infinity,
    reserved: Math.min(left('memory'), left('nanoCpus')),
  };
}

const isSamePort = (a: PublishedPort, b: PublishedPort) =>
  a.published === b.published && a.protocol === b.protocol;
