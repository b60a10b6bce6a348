import type { EngineIdentity, Millis, Recoverable } from '../facts.js';
import type { OtherKind, Reason, Reclaimable } from '../verdict/types.js';

export type ItemGroup = 'unrecoverable' | 'estimates';
export type ItemKind = 'image' | OtherKind;

export interface PlanItem {
  kind: ItemKind;
  /** Unique in the plan: an image's, container's or network's ID, `volume:NAME`, `build-cache`. */
  id: string;
  /** An image's tags; the name of anything else; none for the build cache. */
  refs: string[];
  /** What this item frees when the items before it are gone too. */
  reclaimable: Reclaimable;
  reason: Reason;
  recoverable: Recoverable;
  /** Whether it goes unless a person says otherwise (JUDGING §5). */
  ticked: boolean;
  /** Of an unticked item the group that one tick takes; null for a volume, which is named by itself. */
  group: ItemGroup | null;
  /** Items that must go before this one, because they are built on it. */
  after: string[];
  /** The project or owner that a person should know of before it goes, else null. */
  belongsTo: string | null;
}

/** A plan cut down to what frees enough (JUDGING §5, "Free X GB"); bytes. */
export interface FreeGoal {
  wanted: number;
  /** What is missing even with everything that may go; 0 when it is enough. */
  shortfall: number;
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
  /** What all items free together, but for volumes, which no tick of a group takes. */
  reclaimableAll: Reclaimable;
  /** Set when it was made to free so much and no more. */
  free: FreeGoal | null;
  /** IDs of the items that a person named where no rule says that they go; sorted. */
  named: string[];
}
