import { z } from 'zod';
import { serviceData, servicePlugins, serviceVolumes } from '../../../domain/swarm/data.js';
import type {
  PublishedPort,
  ServiceFacts,
  ServiceMode,
  UpdateConfig,
  UpdateStatus,
} from '../../../domain/swarm/types.js';
import { cleanRecord, text } from '../text.js';
import { platformOf, platformSchema, resourcesOf, resourcesSchema } from './node.js';

/** Nanoseconds, as Swarm writes durations. */
const perMilli = 1_000_000;

const count = z
  .number()
  .nullish()
  .transform((n) => n ?? 0);

/** What is none of these was written by a Swarm that is newer than this. */
function oneOf<const T extends string>(...words: T[]) {
  return z
    .string()
    .nullish()
    .transform((word): T | null => words.find((one) => one === word) ?? null);
}

const port = z.looseObject({
  Protocol: text,
  TargetPort: count,
  PublishedPort: count,
  PublishMode: text,
});

/** Only of services of containers there is an image. */
const template = z.looseObject({
  ContainerSpec: z.looseObject({ Image: text }).nullish(),
  Placement: z
    .looseObject({
      Platforms: z.array(platformSchema).nullish(),
      Constraints: z.array(text).nullish(),
      MaxReplicas: count,
    })
    .nullish(),
  Resources: z.looseObject({ Reservations: resourcesSchema.nullish() }).nullish(),
});

const spec = z.looseObject({
  Name: text,
  Labels: z.record(z.string(), z.string()).nullish(),
  TaskTemplate: template,
  Mode: z
    .looseObject({
      Replicated: z.looseObject({ Replicas: count }).nullish(),
      Global: z.looseObject({}).nullish(),
    })
    .nullish(),
  UpdateConfig: z
    .looseObject({
      Parallelism: count,
      Delay: count,
      Monitor: count,
      FailureAction: oneOf('pause', 'continue', 'rollback'),
      Order: oneOf('stop-first', 'start-first'),
    })
    .nullish(),
  EndpointSpec: z.looseObject({ Ports: z.array(port).nullish() }).nullish(),
});
type Spec = z.output<typeof spec>;

const updateStatus = z.looseObject({
  State: oneOf(
    'updating',
    'paused',
    'completed',
    'rollback_started',
    'rollback_paused',
    'rollback_completed',
  ),
  Message: text,
});

/** A row of `/services`, and the answer of `/services/{id}`. */
export const serviceSchema = z.looseObject({
  ID: text,
  Version: z.looseObject({ Index: z.number() }),
  Spec: spec,
  PreviousSpec: z.looseObject({ TaskTemplate: template.nullish() }).nullish(),
  UpdateStatus: updateStatus.nullish(),
});

/** What a manager tells of a service; null: it is none of containers. */
export function serviceFactsOf(raw: z.output<typeof serviceSchema>): ServiceFacts | null {
  const { Spec: spec, PreviousSpec: previous, UpdateStatus: status } = raw;
  const { ContainerSpec: container, Placement: placement, Resources: takes } = spec.TaskTemplate;
  const image = container?.Image ?? '';
  if (image === '') return null;
  return {
    id: raw.ID,
    name: spec.Name,
    version: raw.Version.Index,
    image,
    previousImage: previous?.TaskTemplate?.ContainerSpec?.Image || null,
    labels: cleanRecord(spec.Labels),
    mode: modeOf(spec.Mode),
    update: updateOf(spec.UpdateConfig),
    status: statusOf(status),
    ports: (spec.EndpointSpec?.Ports ?? []).map(portOf),
    platforms: (placement?.Platforms ?? []).map(platformOf),
    constraints: placement?.Constraints ?? [],
    maxPerNode: placement?.MaxReplicas || null,
    reserves: resourcesOf(takes?.Reservations),
    plugins: servicePlugins(spec),
    data: serviceData(spec),
    volumes: serviceVolumes(spec),
  };
}

function modeOf(mode: Spec['Mode']): ServiceMode {
  if (mode?.Replicated) return { kind: 'replicated', replicas: mode.Replicated.Replicas };
  return mode?.Global ? { kind: 'global' } : { kind: 'job' };
}

function updateOf(config: Spec['UpdateConfig']): UpdateConfig | null {
  if (!config) return null;
  return {
    parallelism: config.Parallelism,
    delay: config.Delay / perMilli,
    failureAction: config.FailureAction,
    monitor: config.Monitor === 0 ? null : config.Monitor / perMilli,
    order: config.Order,
  };
}

function statusOf(status: z.output<typeof updateStatus> | null | undefined): UpdateStatus | null {
  if (!status || status.State === null) return null;
  return { state: status.State, message: status.Message };
}

function portOf(one: z.output<typeof port>): PublishedPort {
  return {
    published: one.PublishedPort === 0 ? null : one.PublishedPort,
    target: one.TargetPort,
    protocol: one.Protocol || 'tcp',
    mode: one.PublishMode === 'host' ? 'host' : 'ingress',
  };
}
