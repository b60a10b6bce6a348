import { z } from 'zod';

/** What a person wants to be notified of; whatever is silenced still stands in the window and the tray. */
export const notify = z.object({
  /** A full disk, of the engine or of the host, with the question that it may become. */
  disk: z.boolean(),
  /** A clean-up or an update that failed, was cut off, or was taken back. */
  failed: z.boolean(),
  /** What was done by itself, and a clean-up that waits for an answer. */
  runs: z.boolean(),
  /** New versions: never, gathered once a day, or each time a check finds some. */
  updates: z.enum(['never', 'daily', 'always']),
});
export type Notify = z.infer<typeof notify>;

/** Some of the switches; the others stay as they are. */
export const notifyChange = z.strictObject({
  disk: z.exactOptional(notify.shape.disk),
  failed: z.exactOptional(notify.shape.failed),
  runs: z.exactOptional(notify.shape.runs),
  updates: z.exactOptional(notify.shape.updates),
});

export const notifyByDefault: Notify = { disk: true, failed: true, runs: true, updates: 'daily' };
