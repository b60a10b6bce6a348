import { z } from 'zod';
import { imageId, millis } from '../../contract/model.js';
import { stepKind, updateResult } from '../../contract/update-steps.js';

const base = z.object({ runId: z.string(), container: z.string(), at: millis });

/**
 * One container's turn in a run of updates, written before anything of it is changed: all that
 * recovery needs to finish it or to go back. The spec of the container that ran before stands with
 * the kept versions, and is on the disk before its first step.
 */
const undertaken = base.extend({
  t: z.literal('undertaken'),
  /** The container that ran before; of one that the engine removes by itself it is gone later. */
  id: z.string(),
  /** Its image, and what stood in its `Image`. */
  imageId,
  oldReference: z.string(),
  /** What is to stand in the new one's `Image`. */
  reference: z.string(),
  /** The names of the new one until it takes over, and of the old one afterwards. */
  temporary: z.string(),
  aside: z.string(),
  /** That of the old one, should it have to be made again. */
  again: z.string(),
  /** Whether it ran: only then the new one is started. */
  running: z.boolean(),
  /** `--rm`: the engine removes it when it stops. */
  autoRemove: z.boolean(),
  /** Once stopped it is of no use: going back makes it again from its spec. */
  remake: z.boolean(),
  /** Of `recreate`: the image that its reference led to before; null: none, or it names no tag. */
  leads: z.string().nullish(),
  /** `recreate`, `restart`: since what it depends on was replaced. */
  kind: z.enum(['update', 'rollback', 'recreate', 'restart']),
  restartPolicy: z.object({
    Name: z.string(),
    MaximumRetryCount: z.exactOptional(z.number()),
  }),
  rules: z.object({
    settle: z.number(),
    proveWithin: z.number(),
    probe: z
      .union([z.object({ http: z.string(), status: z.number() }), z.object({ tcp: z.string() })])
      .nullable(),
  }),
  /** Of a rollback: which of the kept versions it goes to, by the number of its tag. */
  version: z.number().nullable(),
  /** Copies of volumes that it gets back, of a rollback. */
  copies: z.array(z.object({ volume: z.string(), copy: z.string(), bytes: z.number().nullable() })),
  steps: z.array(stepKind),
});

/**
 * A service's turn, written before Swarm is asked: what it ran and what it is to run, by which any
 * later look at it tells how far Swarm is.
 */
const serviceUndertaken = base.extend({
  t: z.literal('service-undertaken'),
  serviceId: z.string(),
  kind: z.enum(['update', 'rollback']),
  /** What Swarm is asked for, and what the Spec has; of a rollback `image` is what it runs now. */
  image: z.string(),
  before: z.object({ image: z.string(), digest: z.string().nullable() }),
  /** The version index that the update names. */
  version: z.number(),
  rules: z.object({ settle: z.number(), proveWithin: z.number(), stuckAfter: z.number() }),
  steps: z.array(stepKind),
});

/** How a service is asked back: by Swarm's own rollback, or by a new update to `image`. */
const wayBack = z.object({
  by: z.enum(['engine', 'update']),
  image: z.string(),
  /** What its Spec had then, and its version index. */
  from: z.string(),
  version: z.number(),
});
export type ServiceBack = z.infer<typeof wayBack>;

/** Written and on the disk before a step is done. */
const stepIntent = base.extend({ t: z.literal('step-intent'), step: stepKind });

const stepOutcome = base.extend({
  t: z.literal('step-outcome'),
  step: stepKind,
  state: z.enum(['done', 'skipped', 'failed']),
  /** Of `create`: the new container. */
  id: z.string().nullish(),
  /** Of `tag`: the image that the reference leads to from then on. */
  image: z
    .object({ id: imageId, created: millis.nullable(), label: z.string().nullable() })
    .nullish(),
  bytes: z.object({ done: z.number(), total: z.number() }).nullish(),
});

/** From here on it goes back, and forward no more: written before anything is taken back. */
const turned = base.extend({
  t: z.literal('turned'),
  /** What is told in the end. */
  result: updateResult,
  /** The old one as it was made again. */
  againId: z.string().nullish(),
  /** Of a service. */
  back: wayBack.nullish(),
});

/** What became of a container in the end; a later one stands for those before. */
const result = base.extend({
  t: z.literal('result'),
  result: updateResult,
  /** Milliseconds; null: it did not stop. */
  downFor: z.number().nullable(),
  recovered: z.enum(['finished', 'rolled-back']).nullable(),
});

/** What an update writes of each container. */
export const updateRecord = z.discriminatedUnion('t', [
  undertaken,
  serviceUndertaken,
  stepIntent,
  stepOutcome,
  turned,
  result,
]);
export type UpdateRecord = z.infer<typeof updateRecord>;
export type Undertaken = z.infer<typeof undertaken>;
export type ServiceUndertaken = z.infer<typeof serviceUndertaken>;
export type StepOutcome = z.infer<typeof stepOutcome>;
export type Turned = z.infer<typeof turned>;
export type ContainerResult = z.infer<typeof result>;
