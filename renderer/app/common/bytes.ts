import type { Reclaimable } from '../../../main/domain/verdict/types.js';

/** Figures added up; the sum is as sure as the least sure of them. */
export function sumOf(figures: readonly Reclaimable[]): Reclaimable {
  let min = 0;
  let max = 0;
  let under = false;
  let over = false;
  for (const figure of figures) {
    min += figure.min;
    max += figure.max;
    if (figure.certainty === 'at-least' || figure.certainty === 'range') under = true;
    if (figure.certainty === 'at-most' || figure.certainty === 'range') over = true;
  }
  const certainty = under ? (over ? 'range' : 'at-least') : over ? 'at-most' : 'exact';
  return { min, max, certainty };
}

/** Nothing is known but that it takes room: not asked for, or not told. */
export const isUnknown = (r: Reclaimable) => r.certainty === 'at-least' && r.min === 0;

/** One number to draw by, where a figure is a range. */
export const middleOf = (r: Reclaimable) => (r.min + r.max) / 2;
