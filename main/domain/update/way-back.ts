/** A container as far as an update's order hangs on it. */
export interface Stand {
  id: string;
  name: string;
  /** Running or about to be restarted. */
  runs: boolean;
  restartPolicy: string;
}

/** What the engine says of the containers of one update. */
export interface Seen {
  /** The one that ran before. */
  old: Stand | null;
  /** The one that takes its place. */
  next: Stand | null;
  /** The old one as it was made again, where it could not be had back otherwise. */
  again: Stand | null;
  /** ID of whoever bears the container's name; null: nobody does. */
  holder: string | null;
}

/** What of an update decides the way back. */
export interface Before {
  container: string;
  restartPolicy: string;
  /** Whether it is to run again. */
  start: boolean;
  /**
   * Whether a stopped one is of no use: the engine removes it by itself (`--rm`), or the namespace
   * that it lived in ended with another. Then it is made again from what is recorded.
   */
  remake: boolean;
}

export type BackAct =
  | 'remake'
  | 'stop-new'
  | 'remove-new'
  | 'rename-old'
  | 'rename-again'
  | 'restart-policy-back'
  | 'start-old'
  | 'start-again'
  | 'remove-old';

/**
 * What is left to do until that runs which ran before, in this order, from what is there now: so it
 * can be cut off anywhere and taken up again. The very container where it can be; what would take
 * its place is out of the way before it starts, so that never two run.
 */
export function wayBack(before: Before, seen: Seen): BackAct[] {
  const { old, next, again } = seen;
  const acts: [BackAct, boolean][] = [];
  const usesOld = old !== null && (!before.remake || old.runs);
  acts.push(['remake', !usesOld && again === null]);
  acts.push(['stop-new', next?.runs === true], ['remove-new', next !== null]);
  if (usesOld) {
    acts.push(
      ['rename-old', old.name !== before.container],
      ['restart-policy-back', old.restartPolicy !== before.restartPolicy],
      ['start-old', before.start && !old.runs],
      ['remove-old', false],
    );
  } else {
    acts.push(
      // A name is free once who bears it is gone.
      ['remove-old', old !== null],
      ['rename-again', again?.name !== before.container],
      ['start-again', before.start && again?.runs !== true],
    );
  }
  return acts.flatMap(([act, is]) => (is ? [act] : []));
}
