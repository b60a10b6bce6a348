import type { Millis } from '../facts.js';
import type { Bytes } from '../policy/types.js';

/** What starts a clean-up by itself (JUDGING §3, `triggers`); a person's own is none. */
export type Cause = 'schedule' | 'after-update' | 'pressure' | 'image-budget';

/** What a cause asks for; null is no bound. */
export interface Scope {
  /** Bytes: only as much as is needed to free so much. */
  free: Bytes | null;
  /** The full name of a repository: only its images. */
  repository: string | null;
}

/** Whether a measured cause may fire: once it has, not again until it was quiet in between. */
export interface Latch {
  armed: boolean;
  firedAt: Millis | null;
}

/** A latch that has never fired. */
export const armedLatch: Latch = { armed: true, firedAt: null };

/** What one look at a measured cause comes to. */
export interface Look {
  latch: Latch;
  /** Bytes to be freed now; null: it does not fire. */
  free: Bytes | null;
  /** When to look again though nothing changes by then; null: only when something does. */
  again: Millis | null;
}
