import { CareenError } from '../domain/errors.js';

/** The system's code of a failed call, e.g. `ENOSPC`; null for what is no system error. */
export function systemCode(e: unknown): string | null {
  if (!(e instanceof Error) || !('syscall' in e) || !('code' in e)) return null;
  return typeof e.code === 'string' ? e.code : null;
}

/** Whether a write failed for want of room: the disk's, or this user's share of it. */
export function meansFull(e: unknown): boolean {
  const code = systemCode(e);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** A failed call in the data home as a typed failure; what is none of the system's stays as it is. */
export function homeUnwritable(home: string, e: unknown): Error {
  const why = systemCode(e);
  if (why !== null) return new CareenError('home-unwritable', { home, why }, { cause: e });
  return e instanceof Error ? e : new Error(String(e));
}
