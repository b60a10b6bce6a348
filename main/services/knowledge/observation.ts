import { z } from 'zod';
import type { Millis } from '../../domain/facts.js';

/** How the observation of an engine stands, as it is written at most once an hour. */
export const observed = z.object({
  t: z.literal('observed'),
  /** The last moment at which the engine was observed. */
  at: z.number(),
  /** The day of that moment, and the ms of it that the engine was observed. */
  day: z.string(),
  ms: z.number(),
  /** Ms observed since the last gap; null: there was none. */
  sinceGap: z.number().nullable(),
});
export type Observed = z.infer<typeof observed>;
export type ObservationRecord = Observed | { t: 'day'; day: string };

/** Milliseconds between two looks at the clock while an engine is connected. */
export const lookEvery = 10 * 60_000;

const hour = 3_600_000;
const day = 24 * hour;

/** Without observation for longer than this, automatic runs wait (JUDGING §2). */
const gap = 3 * day;

/** Of less nothing is written at the end of a session: it cannot matter. */
const worthWriting = 60_000;

/**
 * On which days an engine was observed for at least an hour, and for how long since the last gap
 * (JUDGING §2, Observed days). Time counts only as it passes between two looks at the clock: what
 * passed in sleep, or by a clock that was set, was not observed.
 */
export class Observation {
  readonly days = new Set<string>();
  #sinceGap: Millis | null = null;
  /** The last moment observed; null: none is known of. */
  #last: Millis | null = null;
  #day = '';
  #ms = 0;
  /** The last look at the clock; null while nothing is observed. */
  #looked: Millis | null = null;
  #written: Observed | null = null;
  /** Ms observed since. */
  #unwritten = 0;

  /** Hours observed since the last gap of more than three days; null when there was none. */
  get hoursSinceGap(): number | null {
    return this.#sinceGap === null ? null : Math.floor(this.#sinceGap / hour);
  }

  /** The same at a moment: the clock may not have been looked at since a long sleep. */
  hoursSinceGapAt(now: Millis): number | null {
    return this.#isGap(now) ? 0 : this.hoursSinceGap;
  }

  /** The latest days, oldest first. */
  latestDays(most: number): string[] {
    return [...this.days].sort().slice(-most);
  }

  /** Takes up what was written before. Of the first version only days are known. */
  take(record: ObservationRecord | { t: 'met'; at: Millis }): void {
    switch (record.t) {
      case 'met':
        this.#last = Math.max(this.#last ?? 0, record.at);
        break;
      case 'day':
        this.days.add(record.day);
        this.#last = Math.max(this.#last ?? 0, Date.parse(record.day) + day);
        break;
      case 'observed':
        this.#last = record.at;
        this.#day = record.day;
        this.#ms = record.ms;
        this.#sinceGap = record.sinceGap;
        this.#written = record;
        break;
    }
  }

  /** The engine is connected from now on. */
  begin(now: Millis): void {
    this.#noteGap(now);
    this.#looked = now;
  }

  /** Looks at the clock, while the engine is connected; gives what is to be written. */
  look(now: Millis): ObservationRecord[] {
    const from = this.#looked;
    if (from === null) return [];
    this.#noteGap(now);
    this.#looked = now;
    // A clock that was set back, or time that this process slept through.
    const passed = now - from;
    const days = passed < 0 || passed > 2 * lookEvery ? [] : this.#count(from, now);
    this.#last = now;
    const since = this.#written ? Math.abs(now - this.#written.at) : Infinity;
    return days.length > 0 || since >= hour ? [...days, this.#write(now)] : [];
  }

  /** The engine is connected no longer; gives what is to be written. */
  end(now: Millis): ObservationRecord[] {
    const records = this.look(now);
    this.#looked = null;
    if (records.length > 0 || this.#unwritten < worthWriting) return records;
    return [this.#write(now)];
  }

  /** What stands for all that was observed. */
  snapshot(): ObservationRecord[] {
    return [
      ...[...this.days].map((one) => ({ t: 'day' as const, day: one })),
      ...(this.#last === null ? [] : [this.#state(this.#last)]),
    ];
  }

  #noteGap(now: Millis): void {
    if (this.#isGap(now)) this.#sinceGap = 0;
  }

  #isGap(now: Millis): boolean {
    return this.#last !== null && now - this.#last > gap;
  }

  /** Counts the time between two looks, by the day it fell on; gives days that became observed. */
  #count(from: Millis, to: Millis): ObservationRecord[] {
    this.#unwritten += to - from;
    if (this.#sinceGap !== null) this.#sinceGap += to - from;
    const midnight = nextMidnight(from);
    const parts =
      to <= midnight
        ? [[from, to]]
        : [
            [from, midnight],
            [midnight, to],
          ];
    const fresh: ObservationRecord[] = [];
    for (const [begin = 0, end = 0] of parts) {
      const on = dayOf(begin);
      this.#ms = (on === this.#day ? this.#ms : 0) + end - begin;
      this.#day = on;
      if (this.#ms < hour || this.days.has(on)) continue;
      this.days.add(on);
      fresh.push({ t: 'day', day: on });
    }
    return fresh;
  }

  #write(now: Millis): Observed {
    this.#unwritten = 0;
    return (this.#written = this.#state(now));
  }

  #state(at: Millis): Observed {
    return { t: 'observed', at, day: this.#day, ms: this.#ms, sinceGap: this.#sinceGap };
  }
}

/** The calendar day of a moment, in local time: a person's day, not Greenwich's. */
function dayOf(at: Millis): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function nextMidnight(at: Millis): Millis {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
