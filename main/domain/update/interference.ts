import type { Seen } from './way-back.js';

/** How far an update is: what it has done itself by then. */
export type Phase = 'before' | 'created' | 'stopped' | 'renamed' | 'started' | 'proven';

/** What someone else did to its containers. */
export const deeds = ['removed', 'renamed', 'stopped', 'restarted', 'recreated'] as const;
export type Deed = (typeof deeds)[number];

export interface Subject {
  container: string;
  running: boolean;
  /** The engine removes them when they stop. */
  autoRemove: boolean;
}

/** What of an update's containers is not as it left them, and not its own doing; null: nothing. */
export function interferenceIn(subject: Subject, phase: Phase, seen: Seen): Deed | null {
  const { old, next, holder } = seen;
  const own = [old, next].some((one) => one !== null && one.id === holder);
  if (holder !== null && !own) return 'recreated';
  if (phase === 'before' || phase === 'created') {
    if (!old || (phase === 'created' && !next)) return 'removed';
    if (old.name !== subject.container) return 'renamed';
    return subject.running && !old.runs ? 'stopped' : null;
  }
  // Once the new one is shown to be well, the old one may be gone.
  if (!subject.autoRemove && !old && phase !== 'proven') return 'removed';
  if (subject.running && old?.runs === true) return 'restarted';
  // One that removes itself when it ends may have ended: that is for its proof to say.
  if (!next) return subject.autoRemove && phase === 'started' ? null : 'removed';
  if (phase === 'stopped') return null;
  return next.name === subject.container ? null : 'renamed';
}

/** What is done where someone else acted: theirs stands, and one container of that name is left. */
export type Reconciliation =
  /** Theirs has the name, or the new one does: what is left of ours goes. */
  | 'theirs'
  /** The new one takes the place, since the old one is gone. */
  | 'forward'
  /** What ran before runs again. */
  | 'back'
  /** What was prepared goes, and the old one is left as they left it. */
  | 'leave';

/** How an update ends in which someone else acted; the same where that was cut off in its middle. */
export function reconcile(phase: Phase, deed: Deed, seen: Seen): Reconciliation {
  if (deed === 'recreated') return 'theirs';
  if (phase === 'before' || phase === 'created') return 'leave';
  // Made on the way back alone.
  if (seen.again) return 'back';
  // Under its new name it is theirs: the old one would stand beside it.
  if (deed === 'renamed' && seen.next?.runs === true) return 'theirs';
  if (!seen.old) return seen.next ? 'forward' : 'leave';
  if (deed === 'restarted' && phase === 'proven' && seen.next?.runs === true) return 'theirs';
  return 'back';
}
