import type { EngineIdentity, Millis, Recoverable } from '../facts.js';
import type { OtherKind, Reason, Reclaimable } from '../verdict/types.js';

export type ItemGroup = 'unrecoverable' | 'estimates';
export type ItemKind = 'image' | OtherKind;

/** Why something that may go stands unticked in a plan (JUDGING §5, "Ticked or not"). */
export type Untick =
  /** Its verdict rests on an estimated fact. */
  | { code: 'estimate' }
  /** Whose it is may want it again (OWNERS §5, compose). */
  | { code: 'owner'; tool: string; unit: string | null }
  /** A build made here, where containers that use it may be hidden. */
  | { code: 'use-incomplete' }
  /** Nothing of these repositories would be left, and it is only likely that it can be had again. */
  | { code: 'last-version'; repositories: string[] }
  /** A build made here; in these repositories no newer version stays. */
  | { code: 'newest-build'; repositories: string[] }
  /** A build without a name that these, which may go too, are built on. */
  | { code: 'untagged-base'; images: string[] }
  /** No registry is known to have it; those that were asked have it no more; none has said. */
  | { code: 'no-registry' | 'registry-lost' | 'not-confirmed' }
  /** What a container wrote cannot come back. */
  | { code: 'writable-layer' }
  /** A volume is named by itself. */
  | { code: 'by-name' }
  /** It is ticked, and these, which are built on it, are not taken. */
  | { code: 'waits'; images: string[] };

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
  /** Why it does not. */
  untick: Untick | null;
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
