import { z } from 'zod';
import { imageId, millis } from '../../contract/model.js';
import type { ContainerSpec, Json, JsonObject } from '../../domain/recreate/types.js';

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(json),
    z.record(z.string(), json),
  ]),
);
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);

const spec: z.ZodType<ContainerSpec> = z.looseObject({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  Config: jsonObject,
  HostConfig: jsonObject,
  Mounts: z.array(jsonObject),
  NetworkSettings: jsonObject,
});

export const volumeCopy = z.object({
  volume: z.string(),
  copy: z.string(),
  bytes: z.number().nullable(),
});
export type VolumeCopy = z.infer<typeof volumeCopy>;

/** A version that a container ran, with all that it can be made from again. */
const storedVersion = z.object({
  /** Of its retention tag: never used twice for one container. */
  n: z.number().int().positive(),
  imageId,
  /** What stood in the container's `Image`, as whoever made it wrote it. */
  reference: z.string(),
  tag: z.string().nullable(),
  digest: z.string().nullable(),
  /** `repository@digest`, as they were before the pull: a containerd store forgets them (RECREATE). */
  digests: z.array(z.string()),
  created: millis.nullable(),
  label: z.string().nullable(),
  replacedAt: millis,
  /** Whether it ran well before it was replaced. */
  proven: z.boolean(),
  /** Whether what replaced it is under way still, or was taken back: then it is no kept version. */
  replaced: z.boolean(),
  /** It is kept no longer; its tag is the last name of its image, and goes with it (RECREATE). */
  givenUp: z.boolean().default(false),
  /** The run that replaced it. */
  runId: z.string(),
  spec,
  /** What its image gave it; null where that could not be read. */
  defaults: jsonObject.nullable(),
  /** Names of the containers that `spec` names, by the IDs that they had. */
  names: z.record(z.string(), z.string()).default({}),
  /** Volumes that were anonymous and are carried by name since: where they are mounted, by name. */
  anonymous: z.record(z.string(), z.string()),
  copies: z.array(volumeCopy),
});
export type StoredVersion = z.infer<typeof storedVersion>;

const unprovenBase = z.object({
  since: millis,
  runId: z.string(),
  /** The container that is to be shown well. */
  id: z.string(),
  /** Containers that ran before, kept until then. */
  asides: z.array(z.string()),
});

/** An update that is not proven yet, and the one before it that was not either. */
const unproven = unprovenBase.extend({ previous: unprovenBase.nullable() });
export type Unproven = z.infer<typeof unproven>;

const storedContainer = z.object({
  /** The number of the next retention tag. */
  next: z.number().int().positive(),
  /** The oldest first. */
  versions: z.array(storedVersion),
  unproven: unproven.nullable(),
  /** Versions that were gone back from, until whoever chooses versions knows of them. */
  left: z.array(z.object({ version: z.string(), at: millis })).default([]),
  /** Containers of Careen's own that the engine refused to remove. */
  leftovers: z.array(z.string()).default([]),
});

/** A version that a service ran: its image alone, for all else stays as it is. */
const serviceVersion = z.object({
  /** `repo:tag@digest`. */
  image: z.string(),
  tag: z.string().nullable(),
  digest: z.string(),
  replacedAt: millis,
  /** Whether it ran well before it was replaced, as far as Careen knows. */
  proven: z.boolean(),
});
export type ServiceVersion = z.infer<typeof serviceVersion>;

/** What is kept of every container of one engine, by its name, and of every service, by its ID. */
export const storedVersions = z.object({
  containers: z.record(z.string(), storedContainer),
  /** The oldest first. */
  services: z.record(z.string(), z.array(serviceVersion)).default({}),
});
export type StoredVersions = z.infer<typeof storedVersions>;
