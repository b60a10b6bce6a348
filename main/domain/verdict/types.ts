import type { ImageFacts, Millis } from '../facts.js';

/** How sure a figure of bytes is (ACCOUNTING). */
export type Certainty = 'exact' | 'at-least' | 'range' | 'at-most';

export interface Reclaimable {
  min: number;
  max: number;
  certainty: Certainty;
}

/** From what an age was counted. */
export interface Age {
  since: Millis;
  from: 'used' | 'arrived' | 'lastTagged' | 'created';
  /** `created` of an image that Careen knows nothing else of is only an estimate (JUDGING §2). */
  estimated: boolean;
}

/** Codes and values; `messages` makes the sentence. `rule` is a policy rule's id. */
export type Reason =
  | { kind: 'hold'; code: 'used'; containers: string[] }
  | { kind: 'hold'; code: 'base-of'; images: string[] }
  | { kind: 'hold'; code: 'rollback'; container: string }
  | { kind: 'hold'; code: 'unproven'; container: string }
  | { kind: 'hold'; code: 'fact-unknown'; fact: 'usedBy' }
  | { kind: 'protect'; code: 'rule'; rule: string; until: Millis | null; note: string | null }
  | { kind: 'protect'; code: 'container-label'; container: string }
  | { kind: 'grace'; code: 'grace'; since: Millis; until: Millis }
  | {
      kind: 'keep';
      code: 'rule';
      rule: string;
      /** The place among the newest, where the rule counts; and how many it keeps. */
      rank: number | null;
      last: number | null;
      usedWithin: number | null;
      age: Age | null;
    }
  | { kind: 'remove'; code: 'rule'; rule: string; unusedFor: number | null; age: Age | null }
  | { kind: 'default'; code: 'no-rule' };

export type ReasonKind = Reason['kind'];

/** One name of an image with its own verdict. */
interface JudgedReference {
  ref: string;
  kind: 'tag' | 'digest' | 'untagged';
  decidedBy: Reason;
}

export type ChangesWhen =
  { at: Millis } | { on: 'newerVersion' | 'containerGone' | 'ruleChange' | 'fact' };

export interface JudgedImage {
  id: string;
  refs: string[];
  verdict: 'keep' | 'remove';
  decidedBy: Reason;
  references: JudgedReference[];
  alsoMatched: Reason[];
  baseOf: string[];
  /** True when the decision rests on an estimated fact. */
  estimate: boolean;
  /** What removing this image alone would free. */
  reclaimable: Reclaimable;
  changesWhen: ChangesWhen[];
  facts: ImageFacts;
}
