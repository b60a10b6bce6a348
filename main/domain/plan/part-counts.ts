import type { JudgedOther, PolicyPart, Reclaimable } from '../verdict/types.js';
import { sumOf } from './sum.js';

/** What a part of the policy that speaks of no images takes now. */
export interface PartCount {
  part: PolicyPart;
  /** The build cache is one. */
  items: number;
  reclaimable: Reclaimable;
}

const parts: readonly PolicyPart[] = ['containers', 'networks', 'buildCache'];

/** Every such part with what goes by it; those that are switched off, too. */
export function partCounts(others: readonly JudgedOther[]): PartCount[] {
  return parts.map((part) => {
    const gone = others.filter(
      ({ decidedBy }) =>
        decidedBy.kind === 'remove' && decidedBy.code === 'part' && decidedBy.part === part,
    );
    const reclaimable = sumOf(gone.map((one) => one.reclaimable));
    return { part, items: gone.length, reclaimable };
  });
}
