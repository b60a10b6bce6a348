import { z } from 'zod';
import type { ServiceFacts } from '../domain/swarm/types.js';

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
  ports: z.array(
    z.object({
      published: z.number().nullable(),
      target: z.number(),
      protocol: z.string(),
      mode: z.enum(['ingress', 'host']),
    }),
  ),
  platforms: z.array(z.object({ os: z.string(), architecture: z.string() })),
  data: z.array(
    z.object({
      kind: z.enum(['volume', 'bind']),
      name: z.string(),
      at: z.string(),
      driver: z.string().nullable(),
    }),
  ),
}) satisfies z.ZodType<ServiceFacts>;
