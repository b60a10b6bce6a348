import type { Millis } from '../../domain/facts.js';

/**
 * A time as the engine writes it (RFC 3339). Its zero, the year 1, and what is no time are null;
 * whether a real one is plausible is for the domain to say (JUDGING §1).
 */
export function timeOf(text: string | null | undefined): Millis | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) || new Date(at).getUTCFullYear() <= 1 ? null : at;
}
