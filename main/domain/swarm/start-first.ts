import { inForce } from './config.js';
import { nodesFor, type Placed } from './placement.js';
import { hostPorts, isLimited, reservesAny, roomOn, type Needing, type Room } from './room.js';
import type { NodeFacts, ServiceFacts, Surroundings } from './types.js';

type Starting = Placed & Needing & Pick<ServiceFacts, 'mode' | 'update'>;

/** Whether an update of a service starts a new task before the old one stops. */
export const startsFirst = ({ mode, update }: Pick<ServiceFacts, 'mode' | 'update'>): boolean =>
  mode.kind !== 'job' && inForce(update).order === 'start-first';

/** Whether a service's update asks for room on some node beside its own tasks. */
export const needsRoom = (service: Starting): boolean => startsFirst(service) && isLimited(service);

/** Whether tasks of other services may leave such a service without room. */
export const needsRoomOfOthers = (service: Starting): boolean =>
  needsRoom(service) && (hostPorts(service.ports).length > 0 || reservesAny(service));

/**
 * Whether each node that could take a new task of a service surely has as many as it may have. Where its
 * own tasks are is not looked at: those of nodes that take no new one count as far as they may be there.
 *
 * @param tasks how many the service has; of a global one Swarm makes one a node
 * @param most how many a node may have, by its room
 */
export function isFull(
  service: Starting,
  tasks: number,
  swarm: Surroundings,
  most: (room: Room) => number,
): boolean {
  const roomAt = (node: NodeFacts | null) => most(roomOn(service, node, swarm));
  const roomOf = (nodes: readonly NodeFacts[]) =>
    nodes.reduce((sum, node) => sum + roomAt(node), 0);
  const suiting = swarm.nodes && nodesFor(service, swarm.nodes);
  if (service.mode.kind === 'global')
    return (suiting?.take ?? [null]).some((node) => roomAt(node) < 2);
  if (suiting === null || tasks === 0) return false;
  const elsewhere = Math.min(tasks, roomOf(suiting.keep));
  return tasks - elsewhere >= roomOf(suiting.take);
}

/** How many a node may have by all that limits them. */
export const byAll = ({ port, limit, reserved }: Room) => Math.min(port, limit, reserved);

/**
 * Whether an update of a service would wait for ever, as things are now: its new task starts before the
 * old one stops, and no node has room for both (FLEET, Swarm).
 */
export function neverStarts(service: Starting, swarm: Surroundings): boolean {
  const { mode } = service;
  const tasks = mode.kind === 'replicated' ? mode.replicas : 0;
  return needsRoom(service) && isFull(service, tasks, swarm, byAll);
}
