import type { Reclaimable } from '../../../main/domain/verdict/types.js';

/** Figures added up; the sum is as sure as the least sure of them. */
export function sumOf(figures: readonly Reclaimable[]): Reclaimable {
  let min = 0;
  let max = 0;
  const seen = new Set<Reclaimable['certainty']>();
  for (const f of figures) {
    min += f.min;
    max += f.max;
    seen.add(f.certainty);
  }
  if (seen.has('range') || (seen.has('at-least') && seen.has('at-most')))
    return { min, max, certainty: 'range' };
  if (seen.has('at-most')) return { min, max, certainty: 'at-most' };
  if (seen.has('at-least')) return { min, max, certainty: 'at-least' };
  return { min, max, certainty: 'exact' };
}

/** One number to draw by, where a figure is a range. */
export const middleOf = (r: Reclaimable) => (r.min + r.max) / 2;
