import { z } from 'zod';
import { isCareenError } from '../../../domain/errors.js';
import { hasStatus, type Requests } from '../requests.js';
import { clean } from '../text.js';
import type { ListedSwarm } from '../types.js';
import { serviceFactsOf, serviceSchema } from './service.js';

/** What `/info` tells of the swarm that the engine is a node of. */
export const swarmInfo = z
  .looseObject({
    LocalNodeState: z.string().nullish(),
    NodeID: z.string().nullish(),
    ControlAvailable: z.boolean().nullish(),
    Error: z.string().nullish(),
    Nodes: z.number().nullish(),
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
 * The services of the swarm that an engine is a node of, as it told of itself; null: of none. A node
 * that is locked or in error is one all the same: a service may need what is on it.
 */
export async function listedSwarm(
  requests: Requests,
  info: z.output<typeof swarmInfo>,
): Promise<ListedSwarm | null> {
  const state = info?.LocalNodeState ?? '';
  if (state === '' || state === 'inactive') return null;
  const nodeId = clean(info?.NodeID ?? '') || null;
  const managers = (info?.RemoteManagers ?? []).flatMap(({ NodeID }) => clean(NodeID ?? '') || []);
  // A worker has 0 of them.
  const nodes = info?.Nodes || null;
  const of = { nodeId, managers, nodes };
  if (info?.ControlAvailable !== true) return { services: null, ...of };
  try {
    const call = { path: '/services', deadline: patience };
    const rows = await requests.get(z.array(serviceSchema), call);
    return { services: rows.map(serviceFactsOf).filter((one) => one !== null), ...of };
  } catch (e) {
    // Of an engine that went away the other calls tell; this one may only have no leader.
    if (isCareenError(e, 'engine-silent') || hasStatus(e, 500, 503))
      return { services: null, ...of };
    throw e;
  }
}
