import { z } from 'zod';
import { isCareenError } from '../../../domain/errors.js';
import { needsRoom, needsRoomOfOthers } from '../../../domain/swarm/start-first.js';
import type { PlacedTask, TaskFacts } from '../../../domain/swarm/types.js';
import { hasStatus, type Call, type Requests } from '../requests.js';
import { clean } from '../text.js';
import type { ListedSwarm } from '../types.js';
import { nodeOf, nodeSchema } from './node.js';
import { serviceFactsOf, serviceSchema } from './service.js';
import { taskOf, taskSchema } from './tasks.js';

/** What `/info` tells of the swarm that the engine is a node of. */
export const swarmInfo = z
  .looseObject({
    LocalNodeState: z.string().nullish(),
    NodeID: z.string().nullish(),
    ControlAvailable: z.boolean().nullish(),
    Error: z.string().nullish(),
    RemoteManagers: z.array(z.looseObject({ NodeID: z.string().nullish() })).nullish(),
  })
  .nullish();

/** Milliseconds. A manager whose leader hangs holds a call for over 16 s (FLEET, Swarm). */
const patience = 5_000;

/** Asks anew; as `listedSwarm`. */
export async function readSwarm(requests: Requests): Promise<ListedSwarm | null> {
  const { Swarm } = await requests.get(z.looseObject({ Swarm: swarmInfo }), { path: '/info' });
  return listedSwarm(requests, Swarm);
}

/** Tasks that go on: one that is to end, or a job's, leaves its room to others. */
const toRun = { filters: JSON.stringify({ 'desired-state': ['running'] }) };

/**
 * The services of the swarm that an engine is a node of, as it told of itself; null: of none. With its
 * nodes and tasks only where they say whether one of those services could be updated.
 * A node that is locked or in error is one all the same: a service may need what is on it.
 */
export async function listedSwarm(
  requests: Requests,
  info: z.output<typeof swarmInfo>,
): Promise<ListedSwarm | null> {
  const state = info?.LocalNodeState ?? '';
  if (state === '' || state === 'inactive') return null;
  const nodeId = clean(info?.NodeID ?? '') || null;
  const managers = (info?.RemoteManagers ?? []).flatMap(({ NodeID }) => clean(NodeID ?? '') || []);
  const of = { nodeId, managers };
  if (info?.ControlAvailable !== true) return { ...unanswered, ...of };
  try {
    const told = await requests.get(z.array(serviceSchema), {
      path: '/services',
      deadline: patience,
    });
    const services = told.map(serviceFactsOf).filter((one) => one !== null);
    const [nodes, tasks] = await Promise.all([
      services.some(needsRoom) ? rowsIn(requests, nodeSchema, { path: '/nodes' }) : null,
      services.some(needsRoomOfOthers)
        ? rowsIn(requests, taskSchema, { path: '/tasks', query: toRun })
        : null,
    ]);
    return {
      services,
      nodes: nodes && nodes.map(nodeOf),
      tasks: tasks && tasks.map(taskOf).map(placed),
      ...of,
    };
  } catch (e) {
    // Of an engine that went away the other calls tell; this one may only have no leader.
    if (isCareenError(e, 'engine-silent') || hasStatus(e, 500, 503))
      return { ...unanswered, ...of };
    throw e;
  }
}

const unanswered = { services: null, nodes: null, tasks: null };

const placed = ({ serviceId, nodeId, reserves }: TaskFacts): PlacedTask => {
  return { serviceId, nodeId, reserves };
};

/** Null where whatever stands before the engine lets nobody list them: services are told all the same. */
async function rowsIn<S extends z.ZodType>(
  requests: Requests,
  row: S,
  call: Call,
): Promise<z.output<S>[] | null> {
  try {
    return await requests.get(z.array(row), { ...call, deadline: patience });
  } catch (e) {
    if (hasStatus(e, 403, 404, 405)) return null;
    throw e;
  }
}
