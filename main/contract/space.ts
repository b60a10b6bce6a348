import { z } from 'zod';
import { bytes, imageId, millis } from './model.js';

const nothing = z.strictObject({});

/** Bytes on the engine's disk by what takes them; `explained` is the sum of all but the rest. */
export const spaceResult = z.object({
  parts: z.array(
    z.object({
      kind: z.enum(['images', 'containers', 'volumes', 'buildCache', 'otherStore', 'rest']),
      bytes,
      count: z.number().nullable(),
      certainty: z.enum(['exact', 'at-least', 'range', 'at-most']),
    }),
  ),
  explained: bytes,
  /** What the disk gauge says is used in all; null where it is unknown. */
  used: bytes.nullable(),
  /** False where the engine did not answer in time: some parts are then missing. */
  complete: z.boolean(),
  at: millis,
});

/** What takes the engine's disk. */
export const spaceCommands = {
  /** What takes the engine's disk, as an account that adds up (JUDGING §2); takes its time. */
  space: { params: nothing, result: spaceResult },
  /** Which image has which bytes to itself, and which share the rest: each byte once; at once. */
  'space.shares': {
    params: nothing,
    result: z.object({
      images: z.array(z.object({ id: imageId, own: bytes })),
      /** By their places in `images`. */
      shared: z.array(z.object({ bytes, images: z.array(z.number().int().nonnegative()) })),
    }),
  },
} as const;
