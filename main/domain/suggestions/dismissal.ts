import type { Millis } from '../facts.js';
import type { Suggestion } from './types.js';

/** That a person does not want to be told something again. */
export interface Dismissal {
  key: string;
  /** How much it mattered then. */
  weight: number;
  at: Millis;
}

/**
 * What of suggestions is shown. What was dismissed is the same while it is about the same thing (its
 * key), whatever its items: a version more of a repository, or a day later. It comes again only when
 * it matters at least twice as much as when it was dismissed, and as what is worth telling.
 */
export function withoutDismissed(
  suggestions: readonly Suggestion[],
  dismissals: readonly Dismissal[],
): Suggestion[] {
  const byKey = new Map(dismissals.map((one) => [one.key, one]));
  return suggestions.filter(({ key, weight, leastWeight }) => {
    const before = byKey.get(key);
    return before === undefined || weight > 2 * Math.max(before.weight, leastWeight);
  });
}
