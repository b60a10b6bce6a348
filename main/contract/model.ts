import { z } from 'zod';
import {
  allStores,
  type CacheRecord,
  type ContainerFacts,
  type EngineFacts,
  type ImageFacts,
  type Inventory,
  type NetworkFacts,
  type VolumeFacts,
} from '../domain/facts.js';

/** Milliseconds since the epoch; ISO 8601 only in the documents of `--json`. */
export const millis = z.number();
export const bytes = z.number().int().nonnegative();
/** What a caller names a thing by: an ID, a reference, a path. Nothing has a longer one. */
export const named = z.string().max(4_096);
/** A text of many lines; what a policy may be long, the policy says. */
export const wholeText = z.string().max(1_000_000);
/** More things than so many nobody names at once. */
export const mostNamed = 20_000;
export const imageId = z.string().regex(/^sha256:[0-9a-f]{64}$/);

export const reclaimable = z.object({
  min: bytes,
  max: bytes,
  certainty: z.enum(['exact', 'at-least', 'range', 'at-most']),
});

export const recoverable = z.discriminatedUnion('state', [
  z.object({ state: z.literal('verified'), at: millis }),
  z.object({ state: z.literal('likely') }),
  z.object({ state: z.literal('no') }),
  z.object({ state: z.literal('unknown') }),
]);

export const engineIdentity = z.object({
  endpoint: z.string(),
  id: z.string(),
  store: z.enum(allStores),
});

export const engineFacts = engineIdentity.extend({
  name: z.string(),
  product: z.enum([
    'docker-engine',
    'docker-desktop',
    'orbstack',
    'rancher-desktop',
    'colima',
    'lima',
    'podman',
    'snap',
    'wsl',
    'practice',
    'unknown',
  ]),
  version: z.string(),
  apiVersion: z.string(),
  platform: z.string().nullable().default(null),
}) satisfies z.ZodType<EngineFacts>;

export const containerState = z.enum([
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
  'unknown',
]);

/** A version of a container's image that a rollback needs. */
export const retained = z.object({
  container: z.string(),
  imageId: z.string(),
  replacedAt: millis,
  proven: z.boolean(),
});

export const ownerKind = z.enum([
  'person',
  'compose',
  'swarm',
  'cluster',
  'editor',
  'devstack',
  'ephemeral',
  'builder',
  'platform',
  'updater',
  'systemd',
]);

export const imageFacts = z.object({
  id: imageId,
  refs: z.array(z.string()),
  digests: z.array(z.string()),
  formerRefs: z.array(z.string()).default([]),
  created: millis.nullable(),
  arrived: z.object({ at: millis, source: z.enum(['event', 'seen', 'created']) }).nullable(),
  used: z
    .object({
      at: millis,
      source: z.enum(['container-created', 'container-started', 'container-finished', 'base']),
      by: z.string(),
    })
    .nullable(),
  lastTagged: millis.nullable(),
  size: bytes,
  layers: z.array(z.object({ chainId: z.string(), size: bytes })).nullable(),
  layersInDoubt: z.boolean().default(false),
  history: z.array(z.string()).nullable(),
  content: bytes.nullable(),
  usedBy: z.array(z.object({ id: z.string(), name: z.string(), state: containerState })).nullable(),
  labels: z.record(z.string(), z.string()),
  platform: z.string(),
  origin: z.enum(['pulled', 'built', 'loaded', 'unknown']),
  recoverable,
  projects: z.array(
    z.object({
      kind: z.enum(['compose', 'dev-container']).default('compose'),
      name: z.string(),
      folder: z.string().nullable(),
      files: z.array(z.string()),
      lastUsed: millis,
      present: z.boolean().nullable().default(null),
      latestOf: z.array(z.string()).default([]),
    }),
  ),
  parent: z.string().nullable(),
}) satisfies z.ZodType<ImageFacts>;

export const containerFacts = z.object({
  id: z.string(),
  name: z.string(),
  imageId: z.string(),
  reference: z.string(),
  state: containerState,
  health: z.enum(['none', 'starting', 'healthy', 'unhealthy']),
  created: millis.nullable(),
  started: millis.nullable(),
  finished: millis.nullable(),
  labels: z.record(z.string(), z.string()),
  sizeRw: bytes.nullable(),
  networks: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  mountsSocket: z.boolean().default(false),
  log: z
    .object({
      driver: z.string(),
      maxSize: z.string().nullable(),
      maxFile: z.string().nullable(),
    })
    .nullable()
    .default(null),
}) satisfies z.ZodType<ContainerFacts>;

export const lastUse = z.object({ at: millis, by: z.string() });

export const networkFacts = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  created: millis.nullable(),
  labels: z.record(z.string(), z.string()),
  builtIn: z.boolean(),
  usedBy: z.array(z.string()).nullable(),
  lastUsed: lastUse.nullable(),
  project: z.string().nullable().default(null),
}) satisfies z.ZodType<NetworkFacts>;

export const volumeFacts = z.object({
  name: z.string(),
  driver: z.string(),
  created: millis.nullable(),
  labels: z.record(z.string(), z.string()),
  anonymous: z.boolean(),
  size: bytes.nullable(),
  usedBy: z.array(z.string()).nullable(),
  lastUsed: lastUse.nullable(),
  mountedAt: z.string().nullable(),
  project: z.string().nullable().default(null),
}) satisfies z.ZodType<VolumeFacts>;

export const cacheRecord = z.object({
  id: z.string(),
  size: bytes,
  shared: z.boolean(),
  inUse: z.boolean(),
  created: millis.nullable(),
  lastUsed: millis.nullable(),
}) satisfies z.ZodType<CacheRecord>;

export const inventory = z.object({
  takenAt: millis,
  engine: engineFacts,
  images: z.array(imageFacts),
  containers: z.array(containerFacts),
  buildCache: z.enum(['none', 'unshared', 'shared', 'unknown']),
  useIncomplete: z.enum(['kubernetes', 'hidden-containers']).nullable(),
  firstMet: millis.nullable(),
  observedDays: z.number().nonnegative(),
  observedOn: z.array(z.iso.date()).max(400).default([]),
  hoursSinceGap: z.number().nonnegative().nullable().default(null),
  retained: z.array(retained),
  networks: z.array(networkFacts).default([]),
  volumes: z.array(volumeFacts).default([]),
  cacheRecords: z.array(cacheRecord).nullable().default(null),
  swarm: z
    .object({
      answered: z.boolean(),
      elsewhere: z.boolean().default(false),
      services: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          labels: z.record(z.string(), z.string()),
          runs: z.boolean(),
          image: z.string(),
          previousImage: z.string().nullable(),
          kept: z.array(z.string()),
          volumes: z.array(z.string()).default([]),
          hasData: z.boolean().default(true),
          isJob: z.boolean().default(false),
          neverStarts: z.boolean().default(false),
          platform: z.string().nullable().default(null),
        }),
      ),
    })
    .nullable()
    .default(null),
}) satisfies z.ZodType<Inventory>;
