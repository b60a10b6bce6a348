import { z } from 'zod';
import { imageLayers, namedImage } from './image-layers.js';
import { bytes, imageId, mostNamed, reclaimable } from './model.js';
import { untick } from './plan.js';
import { judgedImage } from './verdict.js';
import { wireError } from './wire.js';

export const imageDetail = z.object({
  image: judgedImage,
  protected: z.enum(['toggle', 'rule']).nullable(),
  /** Why it could go and does not unless a person says so; null: it goes, or stays. */
  untick: untick.nullable(),
  /** For each layer from the base up: how many other images stand on it. */
  layers: z
    .array(z.object({ chainId: z.string(), size: bytes, sharedWith: z.number() }))
    .nullable(),
  /** Why registries could not tell whether it can be had again; null: they were not asked, or told. */
  unverified: wireError.nullable(),
  /** The address of `org.opencontainers.image.source` or `.url`, https only; its host is shown. */
  link: z.string().nullable(),
});

export const protectResult = z.object({
  file: z.string(),
  changed: z.array(z.string()),
  /** Already so before. */
  unchanged: z.array(z.string()),
});

/** So many images can be spoken of at once. */
const several = z.array(imageId).min(1).max(mostNamed);

/** The commands about images by their IDs. */
export const imageCommands = {
  'image.get': { params: z.strictObject({ id: imageId }), result: imageDetail },
  /** The image's history as the engine tells it now, joined with its layers. */
  'image.layers': { params: z.strictObject({ id: imageId }), result: imageLayers },
  'image.protect': {
    params: z.strictObject({ id: imageId, on: z.boolean() }),
    result: protectResult,
  },
  /**
   * The same for several at once. What a rule protects stays so; main asks in its own dialog before
   * it takes the protection off more than one.
   */
  'images.protect': {
    params: z.strictObject({ ids: several, on: z.boolean() }),
    result: protectResult,
  },
  /** What these images would free if they went together; of those that are gone nothing is said. */
  'images.together': {
    params: z.strictObject({ ids: several }),
    result: z.object({ reclaimable }),
  },
  /** What these images are called, and what a registry knows them by; without those that are gone. */
  'images.names': {
    params: z.strictObject({ ids: several }),
    result: z.array(namedImage.extend({ digests: z.array(z.string()) })),
  },
} as const;
