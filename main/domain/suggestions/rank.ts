import { compare } from '../plan/order.js';
import type { Safety, Suggestion } from './types.js';

/** What a byte counts: one that can be had again more than one that cannot. */
const worth: Record<Safety, number> = { safe: 1, asks: 0.5, told: 0.5, data: 0.25 };

/**
 * What matters most first: what is urgent, then bytes as they are to be expected, discounted by what
 * would be lost; of the same the one that may free more. Total: no two keys are the same.
 */
export function byRank(a: Suggestion, b: Suggestion): number {
  return (
    Number(b.urgent) - Number(a.urgent) ||
    worthOf(b) - worthOf(a) ||
    (b.bytes?.max ?? 0) - (a.bytes?.max ?? 0) ||
    compare(a.key, b.key)
  );
}

function worthOf({ bytes, safety }: Suggestion): number {
  return bytes === null ? 0 : ((bytes.min + bytes.max) / 2) * worth[safety];
}
