import { type LostImages, lostTogether } from '../domain/plan/lost.js';
import { sumOf } from '../domain/plan/sum.js';
import type { Reclaimable } from '../domain/verdict/types.js';
import type { EngineRow } from './fleet.js';

/** What all engines hold together, as far as they answer. */
interface FleetTotals {
  /** What can go; null where no engine that answers is judged. */
  canGo: Reclaimable | null;
  /** How many images that is. */
  images: number;
  /** How many of these cannot be brought back. */
  lost: LostImages;
  updates: number;
  /** Engines that are not in it: they do not answer, or are not judged yet. */
  left: number;
}

/**
 * Sums of the engines that answer. The same engine at two addresses, if it is that, holds everything
 * once: then it may be as little as what each ID holds once.
 */
export function totalsOf(engines: readonly EngineRow[]): FleetTotals {
  const counted = engines.filter(({ state, canGo }) => state === 'found' && canGo !== null);
  const once = counted.filter(
    ({ twinOf }, at) => !counted.slice(0, at).some(({ key }) => twinOf.includes(key)),
  );
  const sum = (rows: readonly EngineRow[]) =>
    sumOf(rows.flatMap(({ canGo }) => (canGo === null ? [] : [canGo])));
  const whole = sum(counted);
  const least = sum(once);
  const canGo: Reclaimable =
    least.max === whole.max ? whole : { min: least.min, max: whole.max, certainty: 'range' };
  return {
    canGo: counted.length === 0 ? null : canGo,
    images: once.reduce((all, { canGoImages }) => all + canGoImages, 0),
    lost: lostTogether(once.map(({ canGoLost }) => canGoLost)),
    updates: once.reduce((all, { updates }) => all + updates, 0),
    left: engines.length - counted.length,
  };
}
