import { z } from 'zod';
import { bytes } from './model.js';

const nothing = z.strictObject({});
const done = z.strictObject({});

/** What a file or folder of the data home is for; `other` is none of Careen's. */
export const dataKind = z.enum([
  'history',
  'knowledge',
  'listings',
  'plans',
  'samples',
  'checks',
  'versions',
  'policy',
  'settings',
  'memory',
  'reserve',
  'window',
  'damaged',
  'other',
]);
export type DataKind = z.infer<typeof dataKind>;

const diagnosed = z.strictObject({
  /** Whether images, containers and all else that a person named stand in it by their names. */
  names: z.boolean(),
});

/** Commands about Careen itself: what it keeps, and what a person may send to somebody who helps. */
export const ownCommands = {
  about: {
    params: nothing,
    result: z.object({
      version: z.string(),
      /** What the data home holds, by its use; the largest first. */
      data: z.array(z.object({ kind: dataKind, bytes, files: z.int() })),
    }),
  },
  /** Opens the data home in the desktop's file manager; no path comes from the window (DESIGN §6). */
  'data.open': { params: nothing, result: done },
  /** Shows one notification, so that a person sees whether the system lets them through. */
  'notify.test': { params: nothing, result: done },
  /** What `diagnostics.save` would write: its files with their bytes; nothing is written. */
  'diagnostics.preview': {
    params: diagnosed,
    result: z.object({ files: z.array(z.object({ name: z.string(), bytes })) }),
  },
  /** The same as one archive where main's own dialog says; null: the person changed their mind. */
  'diagnostics.save': { params: diagnosed, result: z.object({ file: z.string().nullable() }) },
} as const;
