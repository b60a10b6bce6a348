import { z } from 'zod';
import type { Change } from '../domain/recreate/types.js';
import type { MoveOver } from '../domain/update/move-over.js';
import { bytes } from './model.js';
import { servicePreview } from './swarm.js';
import { heldBack, owner, updateMode, version } from './updates.js';
import { wireError } from './wire.js';

export const change = z.object({
  kind: z.enum(['kept', 'inherited', 'dropped']),
  area: z.string(),
  name: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  secret: z.boolean(),
}) satisfies z.ZodType<Change>;

/** Why Careen does not update a container, even by name. */
export const updateRefusal = z.discriminatedUnion('code', [
  /** Its owner would not know the copy; `command` is the owner's own way. */
  z.object({ code: z.literal('owned'), owner }),
  z.object({ code: z.literal('paused') }),
  z.object({ code: z.literal('not-checked'), why: z.string() }),
  z.object({ code: z.literal('nothing-new') }),
  /** A service that runs to its end, or that Swarm is at work on already. */
  z.object({ code: z.literal('service'), why: z.enum(['job', 'busy']) }),
  z.object({ code: z.literal('no-room'), needed: bytes, available: bytes }),
  z.object({ code: z.literal('unreachable'), error: wireError }),
]);
export type UpdateRefusal = z.infer<typeof updateRefusal>;

export const updatePreview = z.object({
  container: z.string(),
  id: z.string(),
  reference: z.string(),
  from: version,
  to: version,
  /** Bytes of layers to pull at most; null: the manifest does not tell. */
  pull: bytes.nullable(),
  /** Changelog, from the labels of the new image (`org.opencontainers.image.*`), https only. */
  link: z.string().nullable(),
  /** Null where the new image's config could not be read before the pull. */
  changes: z.array(change).nullable(),
  /** Anonymous volumes that are carried over by name. */
  anonymous: z.array(z.object({ volume: z.string(), at: z.string() })),
  /** Data in the writable layer that a recreation loses; null: not known. */
  writable: z.object({ bytes: bytes.nullable(), paths: z.array(z.string()) }).nullable(),
  dependants: z.array(
    z.object({ container: z.string(), act: z.enum(['restart', 'recreate', 'none']) }),
  ),
  /** What a rollback could not undo: what the new version writes there stays. */
  keepsData: z.array(
    z.object({ kind: z.enum(['volume', 'bind']), name: z.string(), at: z.string() }),
  ),
  /** Named volumes that can be copied first (`copyUpTo`); null: none, or more than that. */
  copy: z.object({ volumes: z.array(z.string()), bytes: bytes.nullable() }).nullable(),
  hooks: z.array(z.object({ when: z.enum(['pre-update', 'post-update']), command: z.string() })),
  heldBack: heldBack.nullable(),
  refused: updateRefusal.nullable(),
  /** After this, `docker compose up` would recreate it once more (OWNERS §1.9). */
  composeRecreates: z.boolean(),
  /** Of a service of a swarm: what Swarm would do; null: it is a container. */
  service: servicePreview.nullable(),
});
export type UpdatePreview = z.infer<typeof updatePreview>;

/** What moving over from Watchtower would write into the policy (UPDATING §3). */
export const moveOver = z.object({
  /** The container that it runs in; null: none was found, only labels are read. */
  updater: z.object({ tool: z.string(), container: z.string() }).nullable(),
  /** What its options say, as Careen's own keys. */
  default: z.object({
    mode: updateMode.nullable(),
    every: z.number().nullable(),
    hooks: z.boolean().nullable(),
  }),
  entries: z.array(
    z.object({
      container: z.string(),
      /** As its labels and options have it, and as they alone would be honoured. */
      wanted: updateMode,
      without: updateMode,
      because: z.array(z.string()),
    }),
  ),
  /** Options and labels that have no counterpart. */
  left: z.array(z.string()),
  /** The `update` section that would stand in the policy. */
  yaml: z.string(),
}) satisfies z.ZodType<MoveOver>;
export type { MoveOver };
