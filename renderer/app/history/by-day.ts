import type { HistoryRun } from '../../../main/contract/runs.js';
import { dayText } from '../common/days.js';

/** The runs of one day, and what came free on it. */
export interface Day {
  /** `2026-11-24` */
  key: string;
  /** When the first of them began. */
  at: number;
  runs: HistoryRun[];
  /** Bytes, as measured, else as said at least. */
  freed: number;
}

/** Bytes that a run freed. */
export const freedBy = (run: HistoryRun) =>
  run.kind === 'clean' ? Math.max(0, run.measured ?? run.estimated.min) : 0;

/** Runs by the day on which they began, in the order that they come in. */
export function byDay(runs: readonly HistoryRun[]): Day[] {
  const days: Day[] = [];
  for (const run of runs) {
    const key = dayText(run.startedAt);
    let day = days.at(-1);
    if (day?.key !== key) days.push((day = { key, at: run.startedAt, runs: [], freed: 0 }));
    day.runs.push(run);
    day.freed += freedBy(run);
  }
  return days;
}
