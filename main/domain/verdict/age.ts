import type { Arrived, ImageFacts, Inventory, Millis, Store, Used } from '../facts.js';
import { day } from '../policy/units.js';
import type { Bases } from '../bases.js';
import type { Age } from './types.js';

const year2000 = Date.UTC(2000, 0, 1);

/**
 * Whether a `created` can be believed (JUDGING §1): reproducible builds say 1970 or year 1, and no
 * image was made after the inventory was taken.
 */
export function plausible(created: Millis | null, takenAt: Millis): created is Millis {
  return created !== null && created >= year2000 && created <= takenAt;
}

/**
 * An image that was built here and has no name: it has no reference to be judged by. On a
 * containerd store an image that a pull superseded looks the same, so there the build must have
 * been seen (ACCOUNTING, "After a pull moves the tag").
 */
export function isUntaggedBuild(facts: ImageFacts, store: Store): boolean {
  if (facts.refs.length > 0 || facts.digests.length > 0) return false;
  return facts.origin === 'built' || (facts.origin === 'unknown' && store === 'classic');
}

/** An arrival that is more than a build's own date. */
export const arrivalSeen = ({ arrived }: Pick<ImageFacts, 'arrived'>): Arrived | null =>
  arrived?.source === 'created' ? null : arrived;

/**
 * Facts completed by what the inventory itself tells (JUDGING §2): an untagged local build arrived
 * when it was created, and a base was used when what is built on it arrived or was used.
 */
export function completeFacts(inventory: Inventory, bases: Bases): ImageFacts[] {
  const { images, takenAt, engine } = inventory;
  const used: (Used | null)[] = images.map((image) => image.used);
  images.forEach((image, i) => {
    const at = Math.max(image.used?.at ?? -Infinity, arrivalSeen(image)?.at ?? -Infinity);
    if (at === -Infinity) return;
    for (const base of bases.below[i] ?? []) {
      const before = used[base];
      const by = image.refs[0] ?? image.id;
      const later = !before || at > before.at;
      // Of two at the same moment the lesser name, so that the order of images tells nothing.
      const equal = before?.source === 'base' && at === before.at && by < before.by;
      if (later || equal) used[base] = { at, source: 'base', by };
    }
  });
  return images.map((image, i): ImageFacts => {
    const arrived: Arrived | null =
      image.arrived === null &&
      plausible(image.created, takenAt) &&
      isUntaggedBuild(image, engine.store)
        ? { at: image.created, source: 'created' }
        : image.arrived;
    const ownUse = used[i] ?? null;
    if (arrived === image.arrived && ownUse === image.used) return image;
    return { ...image, arrived, used: ownUse };
  });
}

/** From what an image's age counts (JUDGING §2); null when nothing is known that could be. */
export function ageOf(facts: ImageFacts, takenAt: Millis): Age | null {
  let age: Age | null = null;
  const consider = (since: Millis | undefined | null, from: Age['from']) => {
    if (since !== undefined && since !== null && (age === null || since > age.since))
      age = { since, from, estimated: false };
  };
  consider(facts.used?.at, 'used');
  consider(facts.arrived?.at, 'arrived');
  consider(facts.lastTagged, 'lastTagged');
  if (age === null && plausible(facts.created, takenAt))
    return { since: facts.created, from: 'created', estimated: true };
  return age;
}

/** How an age is measured: until when it is under a duration, from when on it has reached it. */
export type Reaches = (age: Age, duration: number) => Millis;

/** Calendar days: an age reaches a duration at a moment that can be told beforehand. */
const calendar: Reaches = (age, duration) => age.since + duration;

/** Milliseconds by which a calendar day can begin before it does in Greenwich. */
const earliestDay = 14 * 3_600_000;

/**
 * Observed days (JUDGING §2, for automatic runs): days without Careen do not count. Those that are
 * named count from the first that began after the age did, wherever on earth they were counted; of
 * the others all between the first meeting and the age's start are taken for observed. So an age is
 * never overstated. What it has not reached now, no moment is known for.
 */
function observed(inventory: Inventory, now: Millis): Reaches {
  const { firstMet, observedDays, observedOn } = inventory;
  const begins = observedOn.map((one) => Date.parse(one) - earliestDay);
  return (age, duration) => {
    const named = countFrom(begins, age.since) * day;
    const before = firstMet === null ? Infinity : Math.max(0, age.since - firstMet);
    const lived = Math.min(now - age.since, Math.max(named, observedDays * day - before));
    return lived >= duration ? -Infinity : Infinity;
  };
}

/** How many of these moments, earliest first, are not before one. */
function countFrom(moments: readonly Millis[], first: Millis): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) < first) low = middle + 1;
    else high = middle;
  }
  return moments.length - low;
}

/** Runs that a person confirms count calendar days, automatic ones observed days (JUDGING §2). */
export function reachesBy(
  ages: 'calendar' | 'observed',
  inventory: Inventory,
  now: Millis,
): Reaches {
  return ages === 'calendar' ? calendar : observed(inventory, now);
}
