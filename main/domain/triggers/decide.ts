import type { Unusual } from '../plan/limits.js';
import type { Mode } from '../policy/types.js';
import type { Cause } from './types.js';

/** Under what a trigger fires. */
export interface Circumstances {
  /** The mode of the policy in force. */
  mode: Mode;
  /** Whether a person paused Careen. */
  paused: boolean;
  /** By itself Careen acts on local engines only (DESIGN §1.7). */
  engineIsLocal: boolean;
  /** False where others could write the policy: then it allows no more than `suggest` (DESIGN §6). */
  policyIsTrusted: boolean;
}

/** What a trigger may do under these circumstances at most; null: nothing at all. */
export function modeNow({
  mode,
  paused,
  engineIsLocal,
  policyIsTrusted,
}: Circumstances): Mode | null {
  if (paused) return null;
  return engineIsLocal && policyIsTrusted ? mode : 'suggest';
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

/** What an automatic clean-up waits for. */
export type Awaited = 'gap' | 'offline';

export type Decision =
  | { act: 'run' }
  | { act: 'ask'; why: Unusual }
  | { act: 'wait'; for: Awaited }
  | { act: 'nothing' };

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
