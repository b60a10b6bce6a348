import type { EngineRow } from '../contract/fleet.js';
import type { ImageFacts, Millis } from '../domain/facts.js';
import type { LostImages } from '../domain/plan/lost.js';
import type { ItemKind } from '../domain/plan/types.js';
import type { Reason, ReasonKind, Reclaimable } from '../domain/verdict/types.js';

/** What a sentence about an image needs besides its codes. */
export interface ReasonContext {
  now: Millis;
  /** The name that a person knows an image by; without it the short ID stands. */
  name?: (id: string) => string;
  /** False: what may go waits for a person's tick, and is not said to go. */
  going?: boolean;
  /** True: it went, and is told of afterwards. */
  gone?: boolean;
}

/** What a badge is chosen by: of a judged image as of a flat row. */
export interface VerdictOf {
  verdict: 'keep' | 'remove';
  /** Whether a plan made now takes it as it is ticked. */
  going: boolean;
  decidedBy: ReasonKind;
  code: string;
}

/** That something is held for its owner. */
export type OwnerReason = Extract<Reason, { code: 'owner' }>;

export type RecoverableState = ImageFacts['recoverable']['state'];

/** What the tray's first line and tooltip say. */
export type TrayStatus =
  | { state: 'looking' }
  /** The engine answers, and its images are not judged yet. */
  | { state: 'reading' }
  | { state: 'none' }
  | { state: 'home-busy' }
  | { state: 'lost'; name: string }
  | { state: 'working'; done: number; total: number }
  /** Containers of a run of updates, and how many are done with. */
  | { state: 'updating'; kind: 'update' | 'rollback' | 'release'; done: number; total: number }
  /** Of several engines one that is worked on. */
  | { state: 'busy'; row: EngineRow }
  | { state: 'paused'; until: Millis }
  | { state: 'ready'; canGo: Reclaimable; images: number; lost: LostImages };

/** What happens next by itself; null: nothing of that kind. */
export interface Ahead {
  cleanUp: Millis | null;
  check: Millis | null;
}

/** A product that runs an engine, and the command that starts it. */
export interface HowToStart {
  product: string;
  command: string;
}

/** Headline and text of a notification. */
export interface Note {
  title: string;
  body: string;
}

/** How many things of each kind a sentence speaks of. */
export type ThingCounts = Partial<Record<ItemKind, number>>;

/** Counts things by their kind, for a sentence. */
export function thingsOf(items: readonly { kind: ItemKind }[]): ThingCounts {
  const counts: ThingCounts = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** What a person is told to do, and lines to copy. */
export interface AdviceText {
  text: string;
  copy: string[];
}
