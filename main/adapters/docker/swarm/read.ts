import { z } from 'zod';
import { isCareenError } from '../../../domain/errors.js';
import type { NodeFacts } from '../../../domain/swarm/types.js';
import { hasStatus, type Requests } from '../requests.js';
import { clean } from '../text.js';
import type { ListedSwarm } from '../types.js';
import { nodeOf, nodeSchema } from './node.js';
import { serviceFactsOf, serviceSchema } from './service.js';

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

/**
 * The services and nodes of the swarm that an engine is a node of, as it told of itself; null: of none.
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
  if (info?.ControlAvailable !== true) return { services: null, nodes: null, ...of };
  try {
    const [services, nodes] = await Promise.all([
      requests.get(z.array(serviceSchema), { path: '/services', deadline: patience }),
      nodesIn(requests),
    ]);
    return { services: services.map(serviceFactsOf).filter((one) => one !== null), nodes, ...of };
  } catch (e) {
    // Of an engine that went away the other calls tell; this one may only have no leader.
    if (isCareenError(e, 'engine-silent') || hasStatus(e, 500, 503))
      return { services: null, nodes: null, ...of };
    throw e;
  }
}

/** Null where whatever stands before the engine lets nobody list them: services are told all the same. */
async function nodesIn(requests: Requests): Promise<NodeFacts[] | null> {
  try {
    const rows = await requests.get(z.array(nodeSchema), { path: '/nodes', deadline: patience });
    return rows.map(nodeOf);
  } catch (e) {
    if (hasStatus(e, 403, 404, 405)) return null;
    throw e;
  }
}
