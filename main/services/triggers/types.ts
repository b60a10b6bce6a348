import type { Question } from '../../contract/slices.js';
import type { CareenError } from '../../domain/errors.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import type { Bytes } from '../../domain/policy/types.js';
import type { Cause } from '../../domain/triggers/types.js';

/** One firing of a cause. */
export interface Bid {
  cause: Cause;
  /** The full name of a repository: only its images; null is all. */
  repository: string | null;
  /** True where it was answered before: only a question may come of it. */
  onlyAsk?: boolean;
}

/** Equal bids are one. */
export const keyOf = ({ cause, repository }: Bid) => `${cause} ${repository ?? ''}`;

/**
 * What became of a firing: it is answered for good; it waits and comes again by itself; nothing may be
 * done for it now; it is to be answered anew, since the machine is about to sleep or less is needed than
 * was planned; or answering failed.
 */
export type Outcome = 'answered' | 'waits' | 'barred' | 'anew' | 'failed';

/** A question, and what it was asked for. */
export interface Asked {
  question: Question;
  /** When its plan was begun to be made. */
  made: Millis;
  bid: Bid;
  /** Bytes that were to be freed; null: no bound. */
  free: Bytes | null;
  /** What running its plan agrees to (`agreementOf`). */
  policy: string;
  /** True where it is about what a run by itself left to a person. */
  rest: boolean;
}

/** What triggers need to know of an engine. */
export interface Senses {
  /** Everything that is judged, as it is now. */
  inventory(): Promise<Inventory>;
  /** Asks registries whether they have these images; what came of it is in the inventory then. */
  verify(imageIds: readonly string[]): Promise<unknown>;
  /** Why registries could not tell that of an image; null where they did, or were not asked. */
  unverified(imageId: string): CareenError | null;
}
