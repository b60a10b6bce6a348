import { z } from 'zod';
import { millis, mostNamed } from './model.js';
import { updateRun } from './runs.js';
import { updateMode, updatesSlice } from './updates.js';
import { moveOver, updatePreview } from './update-preview.js';

const container = z.string().min(1).max(512);
const token = z.string().max(64).nullish();

/** The commands about updates (issue 11); containers are known by their names. */
export const updateCommands = {
  /** What is known now; no registry is asked. */
  'update.list': { params: z.strictObject({}), result: updatesSlice },
  /** Asks the registries now; null is every container. What cannot be asked says so in its row. */
  'update.check': {
    params: z.strictObject({ containers: z.array(container).min(1).max(mostNamed).nullable() }),
    result: updatesSlice,
  },
  /** What an update would change. `to`: one of `newTags`; null: what the check chose. */
  'update.preview': {
    params: z.strictObject({ container, to: z.string().max(128).nullable().default(null) }),
    result: updatePreview,
  },
  /** Checks again, updates, proves, and rolls back by itself; null is all that `--all` takes. */
  'update.run': {
    params: z.strictObject({
      containers: z
        .array(
          z.strictObject({
            container,
            to: z.string().max(128).nullable().default(null),
            /** Whether a person agreed to a list of all: then it is taken as one of all. */
            ofAll: z.boolean().default(false),
            /**
             * The version (`versionKey`) that a person was shown, and that alone is taken; it is left
             * as `changed` where its update is another by now. Null: whatever it is.
             */
            shown: z.string().max(512).nullable().default(null),
          }),
        )
        .min(1)
        .max(mostNamed)
        .nullable(),
      /** Names of containers whose named volumes are copied first, where the preview offered it. */
      copy: z.array(container).max(mostNamed).default([]),
      token,
    }),
    result: updateRun,
  },
  /** Goes back to a kept version: an image ID or a reference; null: the last proven one. */
  'update.rollback': {
    params: z.strictObject({
      container,
      to: z.string().max(512).nullable().default(null),
      /** Whether volumes that were copied before that version's update get their copy back. */
      copies: z.boolean().default(false),
      token,
    }),
    result: updateRun,
  },
  /** Gives up every version that is kept for going back. */
  'update.release': {
    params: z.strictObject({ container, token }),
    result: updateRun,
  },
  /** Leaves a container's updates alone until a moment; null: no longer. */
  'update.snooze': {
    params: z.strictObject({ container, until: millis.nullable() }),
    result: updatesSlice,
  },
  /** Skips the version that is available now, or takes that back. */
  'update.skip': {
    params: z.strictObject({ container, on: z.boolean() }),
    result: updatesSlice,
  },
  /** Writes a mode for this very container into the policy. */
  'update.mode': {
    params: z.strictObject({ container, mode: updateMode }),
    result: updatesSlice,
  },
  /** What Watchtower's labels and options ask for, as this policy; `apply` writes it. */
  'update.moveOver': {
    params: z.strictObject({ apply: z.boolean().default(false) }),
    result: moveOver,
  },
  /** Opens the changelog of the available version in the browser. */
  'update.link': {
    params: z.strictObject({ container }),
    result: z.strictObject({}),
  },
} as const;
