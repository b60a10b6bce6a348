import type { ContainerState, ImageFacts, LastUse, Millis } from '../facts.js';
import type { OwnerKind } from '../owners/types.js';
import type { RuleName } from '../policy/rule-name.js';
import type { ServiceNeed } from '../swarm/holds.js';

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
  from: 'used' | 'arrived' | 'lastTagged' | 'created' | 'finished';
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
  /** Services of a swarm that run it, or can go back to it (FLEET, "What Careen does with it" 7). */
  | { kind: 'hold'; code: 'service'; needs: ServiceNeed[] }
  /** No manager of the swarm answers, and a service may need it. */
  | { kind: 'hold'; code: 'service-unknown' }
  | { kind: 'hold'; code: 'owner'; owner: OwnerKind; tool: string; unit: string | null }
  /** A volume or network of a project, up or down (OWNERS §5, compose). */
  | { kind: 'hold'; code: 'project'; project: string }
  /** A container that is no exited one; a network of the engine's own. */
  | { kind: 'hold'; code: 'state'; state: ContainerState }
  | { kind: 'hold'; code: 'built-in' }
  | ({ kind: 'protect'; code: 'rule'; until: Millis | null; note: string | null } & RuleName)
  | { kind: 'protect'; code: 'container-label'; container: string }
  | { kind: 'grace'; code: 'grace'; since: Millis; until: Millis }
  | ({
      kind: 'keep';
      code: 'rule';
      /** The place among the newest, where the rule counts; and how many it keeps. */
      rank: number | null;
      last: number | null;
      usedWithin: number | null;
      age: Age | null;
    } & RuleName)
  /** What is no image, and younger than its part of the policy says; durations in ms. */
  | { kind: 'keep'; code: 'young'; part: PolicyPart; unusedFor: number; age: Age | null }
  /** What is no larger than the bytes that its part of the policy keeps. */
  | { kind: 'keep'; code: 'small'; part: PolicyPart; keep: number }
  | ({ kind: 'remove'; code: 'rule'; unusedFor: number | null; age: Age | null } & RuleName)
  /** What is no image goes by its part of the policy. `keep`: bytes of build cache that stay. */
  | {
      kind: 'remove';
      code: 'part';
      part: PolicyPart;
      unusedFor: number;
      age: Age | null;
      keep: number | null;
    }
  /** No rule speaks of it, and a person named it. */
  | { kind: 'remove'; code: 'named' }
  | { kind: 'default'; code: 'no-rule' }
  /** Its part of the policy is switched off. */
  | { kind: 'default'; code: 'not-enabled'; part: PolicyPart }
  /** Volumes go only when a person names each (JUDGING §6). */
  | { kind: 'default'; code: 'by-name-only' };

/** A part of the policy that speaks of what is no image. */
export type PolicyPart = 'containers' | 'networks' | 'buildCache';

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

/** An image that may go, as far as the order of going asks. */
export type Removed = Pick<JudgedImage, 'id' | 'facts' | 'baseOf'>;

/** What takes space beside images, and can go (JUDGING §6). */
export type OtherKind = 'container' | 'network' | 'volume' | 'buildCache';

/** One container, network or volume, or the build cache as a whole, with its verdict. */
export interface JudgedOther {
  kind: OtherKind;
  /** Unique among everything judged: a volume's is `volume:NAME`, the build cache's `build-cache`. */
  id: string;
  /** As a person knows it. */
  name: string;
  verdict: 'keep' | 'remove';
  /** Whether a person may name it all the same: volumes without a container. */
  nameable: boolean;
  decidedBy: Reason;
  reclaimable: Reclaimable;
  lastUsed: LastUse | null;
  /** The project that it belongs to, where one is known. */
  project: string | null;
  changesWhen: ChangesWhen[];
}
