import type { Millis, Origin } from '../facts.js';

/** A duration in milliseconds; a size in bytes. */
export type Duration = number;
export type Bytes = number;

/** What a rule selects by; every key that is there must hold (JUDGING §3). */
export interface Selector {
  /** Globs over normalised references, or `sha256:` and 64 hex digits; any suffices. */
  match: string[] | null;
  labels: Record<string, string> | null;
  platform: string[] | null;
  origin: Origin[] | null;
  largerThan: Bytes | null;
  untagged: boolean | null;
}

interface RuleBase extends Selector {
  /** The rule's own id, or its place, e.g. `keep[0]`. */
  id: string;
}

export interface ProtectRule extends RuleBase {
  until: Millis | null;
  note: string | null;
}

export interface KeepRule extends RuleBase {
  last: number | null;
  per: 'repository' | 'family';
  usedWithin: Duration | null;
}

export interface RemoveRule extends RuleBase {
  unusedFor: Duration | null;
  /** A stricter mode of the rule's own. */
  mode: Mode | null;
}

type Mode = 'suggest' | 'confirm' | 'auto';

/** A policy with every default filled in. */
export interface Policy {
  version: 1;
  mode: Mode;
  protect: ProtectRule[];
  keep: KeepRule[];
  remove: RemoveRule[];
  grace: Duration;
  limits: { pause: Duration };
}
