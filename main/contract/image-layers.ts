import { z } from 'zod';
import { bytes, imageId, millis } from './model.js';

const count = z.number().int().nonnegative();

/** An image by its ID and tags. */
export const namedImage = z.object({ id: imageId, refs: z.array(z.string()) });

/** A step of an image's history, as a person reads it. */
export const imageStep = z.object({
  /** The Dockerfile's instruction, e.g. `RUN`; null where the text does not tell. */
  instruction: z.string().nullable(),
  /** What follows it, without what builders put around; empty where nothing was recorded. */
  text: z.string(),
  /** As the engine tells it. */
  whole: z.string(),
  created: millis.nullable(),
});
export type ImageStep = z.infer<typeof imageStep>;

/** An image's layers from the base up, joined with the steps that made them. */
export const imageLayers = z.object({
  /** Null: the engine did not tell them yet. */
  layers: z
    .array(
      z.object({
        chainId: z.string(),
        /** Zero, too, where the engine does not tell it; see `unjoined`. */
        size: bytes,
        /** How many other images stand on it, and the first of them by name. */
        sharedWith: count,
        sharers: z.array(namedImage),
        /** The place in `steps` of what made it; null: not known. */
        step: count.nullable(),
      }),
    )
    .nullable(),
  /** Oldest first, those without a layer too. */
  steps: z.array(imageStep),
  /**
   * Why steps are not joined with all layers: no history stands in the image, it has other sizes
   * than the layers, or the engine leaves open which size is whose.
   */
  unjoined: z.enum(['no-history', 'mismatch', 'doubt']).nullable(),
});
export type ImageLayers = z.infer<typeof imageLayers>;
export type ImageLayer = NonNullable<ImageLayers['layers']>[number];
