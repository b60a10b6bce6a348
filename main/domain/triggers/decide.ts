import type { Unusual } from '../plan/limits.js';
import type { Mode } from '../policy/types.js';
import type { Cause } from './types.js';

/** Under what a trigger fires. */
export interface Circumstances {
  /** The policy's mode; `suggest` where others could have written it, or where it cannot be read. */
  mode: Mode;
  /** Whether a person paused Careen. */
  paused: boolean;
  /** By itself Careen acts on local engines only (DESIGN §1.7). */
  engineIsLocal: boolean;
  /** Whether another updater is at work there: only one of two may act by itself (OWNERS §3). */
  otherUpdater: boolean;
}

/** What a trigger may do under these circumstances at most; null: nothing at all. */
export function modeNow(now: Circumstances): Mode | null {
  if (now.paused) return null;
  if (!now.engineIsLocal) return 'suggest';
  return now.otherUpdater && now.mode === 'auto' ? 'confirm' : now.mode;
}

/** What an automatic clean-up found. */
export interface Found {
  /** Items that it may take if they prove to be recoverable. */
  candidates: number;
  /** Items that it may take now. */
  taken: number;
  /** Candidates that no registry could be asked about. */
  unreached: number;
  /** Whether too little was observed since the last gap. */
  afterGap: boolean;
  unusual: Unusual | null;
}

/** What an automatic clean-up waits for: more observation, its registries, or the mains. */
export type Awaited = 'gap' | 'offline' | 'battery';

export type Decision =
  | { act: 'run' }
  | { act: 'ask'; why: Unusual }
  | { act: 'wait'; for: Awaited }
  | { act: 'nothing' };

/** Whether a cause may begin something on battery: only a disk that fills cannot wait. */
export function mayRunOnBattery(cause: Cause): boolean {
  return cause === 'pressure';
}

/** What becomes of an automatic clean-up (JUDGING §2, §3, §5). */
export function decide(found: Found): Decision {
  if (found.candidates === 0) return { act: 'nothing' };
  if (found.afterGap) return { act: 'wait', for: 'gap' };
  if (found.taken === 0)
    return found.unreached > 0 ? { act: 'wait', for: 'offline' } : { act: 'nothing' };
  return found.unusual === null ? { act: 'run' } : { act: 'ask', why: found.unusual };
}

/** Bytes above which a question is worth a notification (JUDGING §3, `confirm`). */
const worthANotification = 1e9;

/**
 * Whether a question may be a notification too: once a day and only above 1 GB; that the disk is
 * full is told at each crossing (JUDGING §3, §7).
 *
 * @param bytes what it would free at most
 */
export function deservesNotification(cause: Cause, bytes: number, notifiedToday: boolean): boolean {
  return cause === 'pressure' || (bytes > worthANotification && !notifiedToday);
}
