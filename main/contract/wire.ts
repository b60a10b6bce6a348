import { z } from 'zod';
import { toCareenError } from '../domain/errors.js';

/** A failure as it crosses a boundary: the receiver makes the sentence from `messages`. */
export const wireError = z.object({
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type WireError = z.infer<typeof wireError>;

/** Any caught failure in the form that crosses a boundary. */
export function toWire(e: unknown): WireError {
  const { code, details } = toCareenError(e);
  return { code, details: { ...details } };
}
