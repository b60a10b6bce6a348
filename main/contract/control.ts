import { z } from 'zod';
import { engineKeyText } from './fleet.js';
import { firstEngine } from './first-engine.js';
import { type SliceName, slices } from './slices.js';

/**
 * The control socket's own version: counts up when an older command line and a newer app, or the
 * other way round, would no longer understand each other.
 */
export const controlProtocol = 2;

/** What each side says first on the control socket. */
export const hello = z.object({
  protocol: z.number().int(),
  /** The version of Careen, for a person. */
  version: z.string(),
  by: z.enum(['app', 'cli']),
});
export type Hello = z.infer<typeof hello>;

/**
 * The owner's last word to a client, once it has answered all that it began: what is unanswered then
 * was not begun. The client ends the connection.
 */
export const ended = 'ended';

/** What goes with a command's name: its parameters, and to which engine it is given. */
export const addressed = z.strictObject({
  engine: engineKeyText.default(firstEngine),
  params: z.unknown(),
});

/** Which slices of which engine a client is to be told of from now on. */
export const follow = z.strictObject({
  engine: engineKeyText.default(firstEngine),
  slices: z.array(z.enum(Object.keys(slices) as [SliceName, ...SliceName[]])),
});
