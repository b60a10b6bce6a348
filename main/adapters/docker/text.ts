import { z } from 'zod';
import { clean } from '../../domain/unsafe-text.js';

export { clean };

/** A text that an engine tells, made safe; absent and null are empty. */
export const text = z
  .string()
  .nullish()
  .transform((value) => clean(value ?? ''));

/** Every key and value made safe; null is an empty record. */
export function cleanRecord(
  record: Record<string, string> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record ?? {}).map(([key, value]) => [clean(key), clean(value)]),
  );
}
