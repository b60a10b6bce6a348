import { z } from 'zod';
import { contextRow, engineRow } from '../fleet.js';
import { lostImages } from '../plan.js';
import { failure, isoTime, reclaimable } from './common.js';

/** What `careen engines --json` prints, and each command under it. */
export const enginesDocument = z.object({
  /** The first is the one that Careen finds by itself. */
  engines: z.array(
    engineRow
      .omit({
        since: true,
        error: true,
        canGo: true,
        canGoImages: true,
        canGoLost: true,
        asOf: true,
      })
      .extend({
        since: isoTime,
        error: failure.nullable(),
        /** What the ticked items of a plan made now would free; null until it is judged. */
        reclaimable: reclaimable.nullable(),
        reclaimableImages: z.number().int(),
        /** How many of these images are not known to come back; `sure`: it is known of each that it cannot. */
        reclaimableLost: lostImages,
        /** Set while what is told is remembered: when it was true. */
        asOf: isoTime.nullable(),
      }),
  ),
  /** Whether runs of several engines may be under way at once. */
  together: z.boolean(),
  /** The docker contexts that there are; `engine`: the key of what was found or added there. */
  contexts: z.array(contextRow.omit({ error: true }).extend({ error: failure.nullable() })),
});
export type EnginesDocument = z.input<typeof enginesDocument>;
