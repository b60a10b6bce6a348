import type { RunProgress } from '../../contract/slices.js';

/** What is measured between two items; times in ms. */
export interface Signs {
  /** The pause that the policy asks for. */
  pause: number;
  /** A light request's time before the run. */
  base: number;
  /** The same request's time now. */
  latest: number;
  /** Whether the machine runs on battery; null is unknown. */
  onBattery: boolean | null;
}

export interface Pace {
  /** How much longer than the policy's the pause is, because the engine is busy; 1 is not. */
  stretch: number;
  /** Milliseconds to wait now. */
  wait: number;
  slowed: RunProgress['slowed'];
}

/** The engine counts as busy from this many times its own base line on. */
const busyFrom = 3;
/** Milliseconds below which an answer is never slow: there a timer's own noise is larger. */
const quick = 5;
const longestStretch = 16;
const onBatteryTimes = 4;
/** Milliseconds: nobody is helped by a run that stands still. */
const longestWait = 10_000;

/**
 * How long to wait before the next item (JUDGING §6, "feedback, not a guess"): twice as long for
 * each time that the engine answers slowly, half as long for each time that it does not, and
 * longer on battery. A policy without a pause is never slowed.
 *
 * @param stretch of the pace before; 1 in the beginning
 */
export function paceAfter(stretch: number, { pause, base, latest, onBattery }: Signs): Pace {
  const busy = latest > busyFrom * Math.max(base, quick);
  const next = busy ? Math.min(stretch * 2, longestStretch) : Math.max(stretch / 2, 1);
  if (pause === 0) return { stretch: next, wait: 0, slowed: null };
  const wait = pause * next * (onBattery === true ? onBatteryTimes : 1);
  return {
    stretch: next,
    wait: Math.min(wait, Math.max(longestWait, pause)),
    slowed: next > 1 ? 'engine-busy' : onBattery === true ? 'battery' : null,
  };
}

/**
 * How many items may be under way at once: up to four, without a pause, on engines from 26
 * (JUDGING §6).
 *
 * @param version of the engine, e.g. `26.1.5`
 */
export function widthOf(pause: number, version: string): number {
  return pause === 0 && Number.parseInt(version, 10) >= 26 ? 4 : 1;
}
