import { z } from 'zod';
import { bytes, engineFacts, engineIdentity, imageId, reclaimable } from '../model.js';

/** ISO 8601 in UTC outside, milliseconds inside. */
export const time = z.codec(z.iso.datetime({ offset: true }), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});

/** The same where nothing is read back: a time as a document writes it. */
export const isoTime = z.iso.datetime();

export const reasonKind = z.enum(['hold', 'protect', 'grace', 'keep', 'remove', 'default']);

/** A reason in a document: its kind, the policy rule behind it if one is, and the sentence. */
export const reasonDocument = z.object({
  kind: reasonKind,
  code: z.string(),
  rule: z.string().nullable(),
  text: z.string(),
});

/** Why what may go waits for a person; null: it goes by itself, or stays. */
export const untickDocument = z.object({ code: z.string(), text: z.string() }).nullable();

/** A failure in a document; `details` are the values that its sentence was made from. */
export const failure = z.object({
  code: z.string(),
  text: z.string(),
  details: z.record(z.string(), z.unknown()),
});

export const recoverableDocument = z.discriminatedUnion('state', [
  z.object({ state: z.literal('verified'), at: isoTime }),
  z.object({ state: z.literal('likely') }),
  z.object({ state: z.literal('no') }),
  z.object({ state: z.literal('unknown') }),
]);

export const itemGroup = z.enum(['unrecoverable', 'estimates']);

export { bytes, engineFacts, engineIdentity, imageId, reclaimable };
