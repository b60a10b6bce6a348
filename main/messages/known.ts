import { errorDetails } from '../contract/errors.js';
import type { WireError } from '../contract/wire.js';
import type { CareenError, ErrorCode, ErrorDetails } from '../domain/errors.js';

/** Where a sentence is read: its way on is a command there, or what the window has. */
export type Place = 'terminal' | 'window';

/** One sentence for each failure, from its values. */
export type ErrorSentences = { [C in ErrorCode]: (details: ErrorDetails[C]) => string };

/**
 * The sentence of a failure, whether it was thrown here or came over a boundary or out of an old
 * log; `unknown` speaks for a code of another version or one whose values are not whole.
 */
export function sentenceOf(
  sentences: ErrorSentences,
  unknown: (code: string) => string,
  error: WireError | CareenError,
): string {
  const { code, details } = error;
  if (!Object.hasOwn(errorDetails(), code)) return unknown(code);
  const known = code as ErrorCode;
  const parsed = errorDetails()[known].safeParse(details);
  if (!parsed.success) return unknown(code);
  const say = sentences[known] as (details: unknown) => string;
  return say(parsed.data);
}
