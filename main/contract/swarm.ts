import { z } from 'zod';
import type { ServicePreview } from '../domain/swarm/preview.js';
import type { NodeFacts, PlacedTask, ServiceFacts } from '../domain/swarm/types.js';

const update = z.object({
  parallelism: z.number(),
  delay: z.number(),
  failureAction: z.enum(['pause', 'continue', 'rollback']).nullable(),
  monitor: z.number().nullable(),
  order: z.enum(['stop-first', 'start-first']).nullable(),
});

const status = z.object({
  state: z.enum([
    'updating',
    'paused',
    'completed',
    'rollback_started',
    'rollback_paused',
    'rollback_completed',
  ]),
  message: z.string(),
});

const port = z.object({
  published: z.number().nullable(),
  target: z.number(),
  protocol: z.string(),
  mode: z.enum(['ingress', 'host']),
});

const dataMount = z.object({
  kind: z.enum(['volume', 'bind']),
  name: z.string(),
  at: z.string(),
  driver: z.string().nullable(),
});

const resources = z.object({ nanoCpus: z.number(), memory: z.number() });

const plugin = z.object({ type: z.string(), name: z.string() });

const platform = z.object({ os: z.string(), architecture: z.string() });

/** A service of a swarm, as its manager told of it. */
export const serviceFacts = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  image: z.string(),
  previousImage: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  mode: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('replicated'), replicas: z.number() }),
    z.object({ kind: z.literal('global') }),
    z.object({ kind: z.literal('job') }),
  ]),
  update: update.nullable(),
  status: status.nullable(),
  ports: z.array(port),
  platforms: z.array(platform),
  constraints: z.array(z.string()).default([]),
  maxPerNode: z.number().nullable().default(null),
  reserves: resources.default({ nanoCpus: 0, memory: 0 }),
  plugins: z.array(plugin).default([]),
  data: z.array(dataMount),
  volumes: z.array(z.string()).default([]),
}) satisfies z.ZodType<ServiceFacts>;

const labels = z.record(z.string(), z.string());

/** A node of a swarm, as its manager told of it. */
export const nodeFacts = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(['manager', 'worker']),
  availability: z.enum(['active', 'pause', 'drain']),
  state: z.enum(['ready', 'down', 'disconnected', 'unknown']),
  address: z.string().nullable(),
  hostname: z.string().nullable(),
  platform: platform.nullable(),
  engineLabels: labels.nullable(),
  resources: resources.nullable(),
  plugins: z.array(plugin).nullable(),
  labels,
}) satisfies z.ZodType<NodeFacts>;

/** A task of any service, with what it takes of its node. */
export const placedTask = z.object({
  serviceId: z.string(),
  nodeId: z.string().nullable(),
  reserves: resources,
}) satisfies z.ZodType<PlacedTask>;

const stack = z.object({ namespace: z.string(), image: z.string().nullable() });

/** What a person should know before Swarm updates a service. */
const serviceWarning = z.discriminatedUnion('code', [
  z.object({
    code: z.literal('start-first-host-port'),
    ports: z.array(port),
    certain: z.boolean(),
  }),
  z.object({ code: z.literal('start-first-limit'), limit: z.number() }),
  z.object({ code: z.literal('start-first-reserved'), reserves: resources }),
  z.object({ code: z.literal('start-first-data'), data: z.array(dataMount) }),
  z.object({ code: z.literal('stack-takes-back'), stack }),
  z.object({ code: z.literal('failures-ignored') }),
  z.object({ code: z.literal('not-pinned') }),
  z.object({ code: z.literal('no-tasks') }),
  z.object({ code: z.literal('silent-nodes'), nodes: z.array(z.string()) }),
  z.object({ code: z.literal('job') }),
]);

/** What Swarm would do to update a service; durations in ms. */
export const servicePreview = z.object({
  from: z.string(),
  /** `repo:tag@digest`. */
  to: z.string(),
  /** How many are replaced, and on which nodes they run now. */
  tasks: z.number(),
  nodes: z.array(z.string()),
  order: z.enum(['stop-first', 'start-first']),
  /** Tasks at a time; 0: all at once. */
  parallelism: z.number(),
  delay: z.number(),
  monitor: z.number(),
  failureAction: z.enum(['pause', 'continue', 'rollback']),
  /** Why that is Careen's and not the service's own; null: it is its own. */
  rollbackFor: z.enum(['absent', 'pause']).nullable(),
  /** Of Swarm's waits and Careen's proof; pulls, stops and starts come on top. */
  atLeast: z.number(),
  stack: stack.nullable(),
  warnings: z.array(serviceWarning),
}) satisfies z.ZodType<ServicePreview>;
