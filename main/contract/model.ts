import { z } from 'zod';
import { toCareenError } from '../domain/errors.js';
import type {
  CacheRecord,
  EngineFacts,
  ImageFacts,
  Inventory,
  NetworkFacts,
  VolumeFacts,
} from '../domain/facts.js';
import type { Plan } from '../domain/plan/types.js';
import type { JudgedImage, JudgedOther, Reason } from '../domain/verdict/types.js';

/** Milliseconds since the epoch; ISO 8601 only in the documents of `--json`. */
export const millis = z.number();
export const bytes = z.number().int().nonnegative();
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
  store: z.enum(['classic', 'containerd']),
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
}) satisfies z.ZodType<EngineFacts>;

const containerState = z.enum([
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
  'unknown',
]);

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

const policyPart = z.enum(['containers', 'networks', 'buildCache']);

const age = z.object({
  since: millis,
  from: z.enum(['used', 'arrived', 'lastTagged', 'created', 'finished']),
  estimated: z.boolean(),
});

export const reason = z.union([
  z.object({ kind: z.literal('hold'), code: z.literal('used'), containers: z.array(z.string()) }),
  z.object({ kind: z.literal('hold'), code: z.literal('base-of'), images: z.array(z.string()) }),
  z.object({ kind: z.literal('hold'), code: z.literal('rollback'), container: z.string() }),
  z.object({ kind: z.literal('hold'), code: z.literal('unproven'), container: z.string() }),
  z.object({
    kind: z.literal('hold'),
    code: z.literal('fact-unknown'),
    fact: z.literal('usedBy'),
  }),
  z.object({
    kind: z.literal('hold'),
    code: z.literal('owner'),
    owner: ownerKind,
    tool: z.string(),
    unit: z.string().nullable(),
  }),
  z.object({ kind: z.literal('hold'), code: z.literal('project'), project: z.string() }),
  z.object({ kind: z.literal('hold'), code: z.literal('state'), state: containerState }),
  z.object({ kind: z.literal('hold'), code: z.literal('built-in') }),
  z.object({
    kind: z.literal('protect'),
    code: z.literal('rule'),
    rule: z.string(),
    until: millis.nullable(),
    note: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('protect'),
    code: z.literal('container-label'),
    container: z.string(),
  }),
  z.object({ kind: z.literal('grace'), code: z.literal('grace'), since: millis, until: millis }),
  z.object({
    kind: z.literal('keep'),
    code: z.literal('rule'),
    rule: z.string(),
    rank: z.number().nullable(),
    last: z.number().nullable(),
    usedWithin: z.number().nullable(),
    age: age.nullable(),
  }),
  z.object({
    kind: z.literal('remove'),
    code: z.literal('rule'),
    rule: z.string(),
    unusedFor: z.number().nullable(),
    age: age.nullable(),
  }),
  z.object({
    kind: z.literal('keep'),
    code: z.literal('young'),
    part: policyPart,
    unusedFor: z.number(),
    age: age.nullable(),
  }),
  z.object({
    kind: z.literal('keep'),
    code: z.literal('small'),
    part: policyPart,
    keep: z.number(),
  }),
  z.object({
    kind: z.literal('remove'),
    code: z.literal('part'),
    part: policyPart,
    unusedFor: z.number(),
    age: age.nullable(),
    keep: z.number().nullable(),
  }),
  z.object({ kind: z.literal('default'), code: z.literal('no-rule') }),
  z.object({ kind: z.literal('default'), code: z.literal('not-enabled'), part: policyPart }),
  z.object({ kind: z.literal('default'), code: z.literal('by-name-only') }),
]) satisfies z.ZodType<Reason>;

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
});

const lastUse = z.object({ at: millis, by: z.string() });

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
  retained: z.array(
    z.object({
      container: z.string(),
      imageId: z.string(),
      replacedAt: millis,
      proven: z.boolean(),
    }),
  ),
  networks: z.array(networkFacts).default([]),
  volumes: z.array(volumeFacts).default([]),
  cacheRecords: z.array(cacheRecord).nullable().default(null),
}) satisfies z.ZodType<Inventory>;

const changesWhen = z.array(
  z.union([
    z.object({ at: millis }),
    z.object({ on: z.enum(['newerVersion', 'containerGone', 'ruleChange', 'fact']) }),
  ]),
);

export const judgedImage = z.object({
  id: imageId,
  refs: z.array(z.string()),
  verdict: z.enum(['keep', 'remove']),
  decidedBy: reason,
  references: z.array(
    z.object({ ref: z.string(), kind: z.enum(['tag', 'digest', 'untagged']), decidedBy: reason }),
  ),
  alsoMatched: z.array(reason),
  baseOf: z.array(z.string()),
  estimate: z.boolean(),
  reclaimable,
  changesWhen,
  facts: imageFacts,
}) satisfies z.ZodType<JudgedImage>;

export const judgedOther = z.object({
  kind: z.enum(['container', 'network', 'volume', 'buildCache']),
  id: z.string(),
  name: z.string(),
  verdict: z.enum(['keep', 'remove']),
  nameable: z.boolean(),
  decidedBy: reason,
  reclaimable,
  lastUsed: lastUse.nullable(),
  project: z.string().nullable(),
  changesWhen,
}) satisfies z.ZodType<JudgedOther>;

export const itemKind = z.enum(['image', 'container', 'network', 'volume', 'buildCache']);

export const plan = z.object({
  planId: z.string(),
  takenAt: millis,
  engine: engineIdentity,
  items: z.array(
    z.object({
      kind: itemKind,
      id: z.string(),
      refs: z.array(z.string()),
      reclaimable,
      reason,
      recoverable,
      ticked: z.boolean(),
      group: z.enum(['unrecoverable', 'estimates']).nullable(),
      after: z.array(z.string()),
      belongsTo: z.string().nullable().default(null),
    }),
  ),
  kept: z.array(
    z.object({
      kind: z.enum(['hold', 'protect', 'grace', 'keep', 'remove', 'default']),
      images: z.number(),
    }),
  ),
  reclaimable,
  reclaimableAll: reclaimable,
  free: z.object({ wanted: bytes, shortfall: bytes }).nullable().default(null),
}) satisfies z.ZodType<Plan>;

/** A failure as it crosses a boundary: the receiver makes the sentence from `messages`. */
export const wireError = z.object({
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type WireError = z.infer<typeof wireError>;

/** Any caught failure in the form that crosses a boundary. */
export function toWire(e: unknown): WireError {
  const { code, details } = toCareenError(e);
  return { code, details: { ...details } };
}
