import type { Bases } from '../bases.js';
import type { ImageFacts, Millis } from '../facts.js';
import { claim, claimant, decide, leaves, type Claim, type Claims } from './claims.js';
import type { Reason } from './types.js';

/**
 * For each base of what stays: by what it is held and until when (JUDGING §4.1, `base-of`). Derived
 * from what stays for reasons of its own; it changes no count. Images in the order given.
 */
export function holdBases(
  images: readonly ImageFacts[],
  judged: readonly { claims: Claims }[],
  bases: Bases,
  now: Millis,
): (Claim | null)[] {
  const stays = judged.map(({ claims }) => decide(claims, now).by.kind !== 'remove');
  const open = stays.flatMap((staying, place) => (staying ? [place] : []));
  for (let place = open.pop(); place !== undefined; place = open.pop())
    for (const base of bases.below[place] ?? [])
      if (!stays[base]) {
        stays[base] = true;
        open.push(base);
      }
  const leavesAt = departures(judged, bases, now);
  return bases.above.map((above) => {
    const staying = above.filter((other) => stays[other]);
    if (staying.length === 0) return null;
    const reason = (): Reason => ({
      kind: 'hold',
      code: 'base-of',
      images: staying.map((other) => images[other]?.id ?? '').sort(),
    });
    const until = staying.reduce((last, other) => Math.max(last, leavesAt(other)), -Infinity);
    return claim(claimant('hold', 5, 'base-of', reason), until);
  });
}

/** When an image and everything built on it would be gone; asked only where it matters. */
function departures(
  judged: readonly { claims: Claims }[],
  bases: Bases,
  now: Millis,
): (place: number) => Millis {
  const known = new Map<number, Millis>();
  const leavesAt = (place: number): Millis => {
    const before = known.get(place);
    if (before !== undefined) return before;
    const claims = judged[place]?.claims;
    let at = claims ? leaves(claims, now) : Infinity;
    for (const other of bases.above[place] ?? []) {
      if (at === Infinity) break;
      at = Math.max(at, leavesAt(other));
    }
    known.set(place, at);
    return at;
  };
  return leavesAt;
}
