import { z } from 'zod';
import { millis } from '../../contract/model.js';
import { wireError } from '../../contract/wire.js';
import type { RegistryImage } from '../../adapters/registry/types.js';

const failure = z.object({ at: millis, error: wireError });

/** What a registry said last of one reference, and how asking since has failed. */
const asked = z.object({
  /** In full form, with its tag: `docker.io/library/postgres:16`. */
  reference: z.string(),
  /** `digest` null: it is there no more. */
  answer: z.object({ at: millis, digest: z.string().nullable() }).nullable(),
  failure: failure.nullable(),
});
export type Asked = z.infer<typeof asked>;

/** The tags of a repository that may matter to a container here. */
const listed = z.object({
  /** Its full name. */
  repository: z.string(),
  answer: z.object({ at: millis, tags: z.array(z.string()) }).nullable(),
  failure: failure.nullable(),
});
export type TagsAsked = z.infer<typeof listed>;

/** When a version was first seen: a minimum age counts from then (UPDATING §2). */
const seen = z.object({ repository: z.string(), digest: z.string(), at: millis });
export type Seen = z.infer<typeof seen>;

/** What a registry told of one new version: read once. */
const read = z.object({
  repository: z.string(),
  /** The one that the reference shows: of an index, where it is one. */
  asked: z.string(),
  platform: z.string(),
  at: millis,
  image: z.object({
    digest: z.string(),
    config: z.string(),
    created: millis.nullable(),
    labels: z.record(z.string(), z.string()),
    defaults: z.record(z.string(), z.json()),
    layers: z.array(z.object({ digest: z.string(), size: z.number() })),
    diffIds: z.array(z.string()),
  }) satisfies z.ZodType<RegistryImage>,
});
export type ImageRead = z.infer<typeof read>;

/** What is remembered of one container, by its name; versions by digest, builds by image ID. */
const remembered = z.object({
  name: z.string(),
  /** What last stood under this name. */
  ran: z.object({ id: z.string(), imageId: z.string() }),
  /** Since when nothing does. */
  goneAt: millis.nullable(),
  /** What was made by then under this name, Careen may have made: it was updating it. */
  ownUntil: millis.nullable(),
  /** When something else last put another image there; `allowed`: a person updated it since. */
  recreated: z.object({ at: millis, allowed: z.boolean() }).nullable(),
  /** Versions that a person skips. */
  skipped: z.array(z.string()),
  rolledBack: z.array(z.object({ version: z.string(), at: millis })),
  snoozedUntil: millis.nullable(),
  /** Digests that turned out to be the image that it ran (UPDATING §2). */
  sameAs: z.array(z.string()),
  /** The version that was last told as new. */
  told: z.string().nullable(),
});
export type Remembered = z.infer<typeof remembered>;

/** What checks of one engine found, as it stands in the data home. */
export const storedChecks = z.object({
  /** The last check of every container. */
  checkedAt: millis.nullable(),
  references: z.array(asked),
  repositories: z.array(listed),
  seen: z.array(seen),
  images: z.array(read),
  containers: z.array(remembered),
});
export type Checks = z.infer<typeof storedChecks>;
