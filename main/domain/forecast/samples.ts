import type { Millis } from '../facts.js';
import type { Bytes } from '../policy/types.js';
import { day, hour } from '../policy/units.js';

/** How full a disk was; what the file system holds back counts as neither. */
export interface Sample {
  at: Millis;
  used: Bytes;
  available: Bytes;
}

/** A clean-up's end. */
export interface CleanUp {
  at: Millis;
  /** What it freed as it was measured; null where it was not. */
  freed: Bytes | null;
}

/** Days for which every hour's sample is kept (JUDGING §7). */
export const hourlyDays = 30;
/** Days of which one sample is kept: a forecast has no use for those, a person who looks back has. */
export const dailyDays = 366;
/** A clean-up an hour at most is told apart. */
const mostCleanUps = hourlyDays * 24;

/** The hour of a moment, counted from the epoch: no time zone and no change of clocks moves it. */
export const hourOf = (at: Millis): number => Math.floor(at / hour);
const dayOf = (at: Millis): number => Math.floor(at / day);

/**
 * Samples with one more, thinned as of its moment: one an hour for 30 days, before that the last one
 * of a day, and of no more than 366 days. It stands for its hour whatever stood there, so a clock that
 * was set back is followed. What was taken by a clock that ran ahead is nearest to no moment that
 * comes, so it goes first; until then `known` leaves it out. In the order of time.
 */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const own = hourOf(sample.at);
  return thinned([...samples.filter(({ at }) => hourOf(at) !== own), sample], sample.at);
}

/** See `withSample`; thinning what is thinned changes nothing. */
export function thinned(samples: readonly Sample[], now: Millis): Sample[] {
  const distance = ({ at }: Sample) => Math.abs(dayOf(now) - dayOf(at));
  const hours = new Map<number, Sample>();
  const days = new Map<number, Sample>();
  for (const sample of [...samples].sort((a, b) => a.at - b.at))
    if (distance(sample) <= hourlyDays) hours.set(hourOf(sample.at), sample);
    else days.set(dayOf(sample.at), sample);
  const nearest = [...days.values()]
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, dailyDays - hourlyDays);
  return [...nearest, ...hours.values()].sort((a, b) => a.at - b.at);
}

/** The samples of the time before a moment, no older than `span` milliseconds. */
export function known<T extends { at: Millis }>(
  samples: readonly T[],
  now: Millis,
  span: number,
): T[] {
  return samples.filter(({ at }) => at <= now && at > now - span);
}

/** Clean-ups with one more, the latest 720 of 30 days. */
export function withCleanUp(cleanUps: readonly CleanUp[], one: CleanUp): CleanUp[] {
  return [...cleanUps, one]
    .filter(({ at }) => Math.abs(one.at - at) <= hourlyDays * day)
    .sort((a, b) => a.at - b.at)
    .slice(-mostCleanUps);
}
