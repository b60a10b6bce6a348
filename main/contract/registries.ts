import { z } from 'zod';
import { millis } from './model.js';
import { wireError } from './wire.js';

/** Where credentials for a registry were found; never what they are. */
const credentialsFound = z.object({
  from: z.enum(['helper', 'config', 'nowhere']),
  /** The program that was asked, such as `docker-credential-desktop`. */
  helper: z.string().nullable(),
});

/** A registry that images here come from, or that was asked. */
export const seenRegistry = z.object({
  /** As references call it: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  registry: z.string(),
  /** Images here that bear its name and were not built here. */
  images: z.int(),
  /** How it was asked last; `unknown`: not since Careen started, or it did not get so far. */
  access: z.enum(['anonymous', 'signed-in', 'refused', 'unknown']),
  /** Null: it did not ask who one is, or was not asked since Careen started. */
  credentials: credentialsFound.nullable(),
  /** When it last answered, or failed. */
  at: millis.nullable(),
  /** Why it failed, where it did the last time. */
  error: wireError.nullable(),
});
export type SeenRegistry = z.infer<typeof seenRegistry>;

const nothing = z.strictObject({});

/** What is known of registries. No registry is asked for it. */
export const registryCommands = {
  registries: {
    params: nothing,
    result: z.object({
      registries: z.array(seenRegistry),
      /** Where credentials are looked for: docker's settings, and the folders of its helpers. */
      looked: z.object({ config: z.string(), helpers: z.array(z.string()) }),
    }),
  },
} as const;
