import { z } from 'zod';
import type { NodeFacts, ServiceFacts, TaskFacts, TaskState } from '../../../domain/swarm/types.js';
import { inPath } from '../names.js';
import type { Requests } from '../requests.js';
import { text } from '../text.js';
import { timeOf } from '../time.js';
import { ofManager } from './manager.js';
import { nodeOf, nodeSchema, resourcesOf, resourcesSchema } from './node.js';
import { serviceFactsOf, serviceSchema } from './service.js';

const states: readonly TaskState[] = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
];

/** A state that this Careen does not know counts as one in which nothing is sure yet. */
const state = z
  .string()
  .nullish()
  .transform((word): TaskState => states.find((one) => one === word) ?? 'new');

/** A row of `/tasks`. */
export const taskSchema = z.looseObject({
  ID: text,
  CreatedAt: z.string().nullish(),
  UpdatedAt: z.string().nullish(),
  ServiceID: text,
  Slot: z.number().nullish(),
  NodeID: text,
  DesiredState: state,
  Spec: z
    .looseObject({
      ContainerSpec: z.looseObject({ Image: text }).nullish(),
      Resources: z.looseObject({ Reservations: resourcesSchema.nullish() }).nullish(),
    })
    .nullish(),
  Status: z.looseObject({
    State: state,
    Message: text,
    Err: text,
    ContainerStatus: z.looseObject({ ExitCode: z.number().nullish() }).nullish(),
  }),
});

/** One service with its tasks and all nodes, as a manager tells of them at about one moment. */
export interface ServiceNow {
  service: ServiceFacts;
  tasks: TaskFacts[];
  nodes: NodeFacts[];
}

/** Null where there is no such service of containers. Throws as `ofManager` and `Requests`. */
export async function serviceNow(requests: Requests, id: string): Promise<ServiceNow | null> {
  const filters = JSON.stringify({ service: [id] });
  const [raw, tasks, nodes] = await ofManager(requests, () =>
    Promise.all([
      requests.find(serviceSchema, { path: `/services/${inPath(id)}` }),
      requests.get(z.array(taskSchema), { path: '/tasks', query: { filters } }),
      requests.get(z.array(nodeSchema), { path: '/nodes' }),
    ]),
  );
  const service = raw && serviceFactsOf(raw);
  return service && { service, tasks: tasks.map(taskOf), nodes: nodes.map(nodeOf) };
}

/** What a manager tells of a task. */
export function taskOf(raw: z.output<typeof taskSchema>): TaskFacts {
  const { Status: status } = raw;
  return {
    id: raw.ID,
    serviceId: raw.ServiceID,
    slot: raw.Slot || null,
    nodeId: raw.NodeID || null,
    desired: raw.DesiredState,
    state: status.State,
    message: status.Message,
    error: status.Err || null,
    exitCode: status.ContainerStatus?.ExitCode ?? null,
    image: raw.Spec?.ContainerSpec?.Image ?? '',
    reserves: resourcesOf(raw.Spec?.Resources?.Reservations),
    createdAt: timeOf(raw.CreatedAt),
    updatedAt: timeOf(raw.UpdatedAt),
  };
}
