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

/** Why a clean-up becomes a question though the mode allows it (JUDGING §3, Limits). */
export type Unusual = 'many-items' | 'many-bytes' | 'large-share' | 'new-policy';

/** What an automatic clean-up found. */
export interface Found {
  /** Items that it may take if they prove to be recoverable. */
  candidates: number;
  /** Items that it may take now. */
  taken: number;
  /** Candidates that no registry could be asked about. */
  unreached: number;
  /** Hours of observation since the last gap of more than three days; null: there was none. */
  hoursSinceGap: number | null;
  /** The first limit that it is above. */
  unusual: Exclude<Unusual, 'new-policy'> | null;
  /** Whether no automatic run of this policy was agreed to yet. */
  newPolicy: boolean;
}

/** What an automatic clean-up waits for. */
export type Awaited = 'gap' | 'offline';

export type Decision =
  | { act: 'run' }
  | { act: 'ask'; why: Unusual }
  | { act: 'wait'; for: Awaited }
  | { act: 'nothing' };

/** Hours of observation after a gap before anything goes by itself (JUDGING §2). */
const hoursAfterGap = 24;

/** Whether automatic runs wait, because the engine was not observed for days. */
export function waitsAfterGap(hoursSinceGap: number | null): boolean {
  return hoursSinceGap !== null && hoursSinceGap < hoursAfterGap;
}

/** What becomes of an automatic clean-up (JUDGING §2, §3, §5). */
export function decide(found: Found): Decision {
  if (found.candidates === 0) return { act: 'nothing' };
  if (waitsAfterGap(found.hoursSinceGap)) return { act: 'wait', for: 'gap' };
  if (found.taken === 0)
    return found.unreached > 0 ? { act: 'wait', for: 'offline' } : { act: 'nothing' };
  if (found.newPolicy) return { act: 'ask', why: 'new-policy' };
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
