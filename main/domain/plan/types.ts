import type { EngineIdentity, Millis, Recoverable } from '../facts.js';
import type { Reason, Reclaimable } from '../verdict/types.js';

export type ItemGroup = 'unrecoverable' | 'estimates';

export interface PlanItem {
  kind: 'image';
  id: string;
  refs: string[];
  /** What this item frees when the items before it are gone too. */
  reclaimable: Reclaimable;
  reason: Reason;
  recoverable: Recoverable;
  /** Whether it goes unless a person says otherwise (JUDGING §5). */
  ticked: boolean;
  group: ItemGroup | null;
  /** Items that must go before this one, because they are built on it. */
  after: string[];
}

/** Leaf first: running the items in order never meets a base before what is built on it. */
export interface Plan {
  /** Hash over engine, policy text and exact items; see `planText`. */
  planId: string;
  takenAt: Millis;
  engine: EngineIdentity;
  items: PlanItem[];
  /** How many images each kind of reason keeps. */
  kept: { kind: Reason['kind']; images: number }[];
  /** What the ticked items free together. */
  reclaimable: Reclaimable;
  /** What all items free together. */
  reclaimableAll: Reclaimable;
}
