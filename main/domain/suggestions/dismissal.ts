import type { Millis } from '../facts.js';
import type { Suggestion } from './types.js';

/** That a person does not want to be told something again. */
export interface Dismissal {
  key: string;
  /** How much it mattered then, or when that first became known; null: not known yet. */
  weight: number | null;
  at: Millis;
}

/**
 * What of suggestions is shown. What was dismissed is the same while it is about the same thing (its
 * key), whatever its items: a version more of a repository, or a day later. It comes again only when
 * it matters at least twice as much as when it was dismissed, and as what is worth telling. While
 * either is not known it stays away.
 */
export function withoutDismissed(
  suggestions: readonly Suggestion[],
  dismissals: readonly Dismissal[],
): Suggestion[] {
  const byKey = new Map(dismissals.map((one) => [one.key, one]));
  return suggestions.filter(({ key, weight, leastWeight }) => {
    const before = byKey.get(key);
    if (before === undefined) return true;
    if (before.weight === null || weight === null) return false;
    return weight > 2 * Math.max(before.weight, leastWeight);
  });
}

/**
 * Dismissals of what was not measured then and is now: it matters no more than it did, only that is
 * now known, and is what is held against from here on.
 */
export function newlyWeighed(
  suggestions: readonly Suggestion[],
  dismissals: readonly Dismissal[],
): Dismissal[] {
  const weights = new Map(suggestions.map(({ key, weight }) => [key, weight]));
  return dismissals.flatMap((one) => {
    const weight = one.weight === null ? (weights.get(one.key) ?? null) : null;
    return weight === null ? [] : [{ ...one, weight }];
  });
}
