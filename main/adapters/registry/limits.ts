import type { Millis } from '../../domain/facts.js';
import type { Answer } from './transport.js';

/** Seconds to wait where a registry that takes no more questions does not say. */
const standardWait = 60;
const longestWait = 3_600;

/** Whether an answer means "not now". */
export function isLimited({ status, headers }: Answer): boolean {
  return status === 429 || (status === 503 && headers['retry-after'] !== undefined);
}

/** What `Retry-After` says: seconds, or a date (RFC 9110 §10.2.3); null where it says nothing. */
export function retryAfter({ headers }: Answer, now: Millis): number | null {
  const text = [headers['retry-after'] ?? ''].flat()[0]?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

/** When to ask again, given what the registry said. */
export function askAgainAt(seconds: number | null, now: Millis): Millis {
  return now + Math.min(Math.max(seconds ?? standardWait, 1), longestWait) * 1000;
}
