import type { Certainty, Reclaimable } from '../verdict/types.js';

export const nothing: Reclaimable = { min: 0, max: 0, certainty: 'exact' };

/** What several things free together that share nothing, with what the figure is. */
export function sumOf(figures: readonly Reclaimable[]): Reclaimable {
  return figures.reduce(plus, nothing);
}

function plus(one: Reclaimable, other: Reclaimable): Reclaimable {
  const min = one.min + other.min;
  return { min, max: one.max + other.max, certainty: together(one, other, min) };
}

function together(one: Reclaimable, other: Reclaimable, min: number): Certainty {
  if (isNothing(one)) return other.certainty;
  if (isNothing(other) || one.certainty === other.certainty) return one.certainty;
  const both = [one.certainty, other.certainty];
  if (both.includes('at-most') && min === 0) return 'at-most';
  return both.includes('exact') && both.includes('at-least') ? 'at-least' : 'range';
}

const isNothing = ({ max, certainty }: Reclaimable) => max === 0 && certainty === 'exact';
