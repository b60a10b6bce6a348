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
  /** Whether a project that used it still stands on this host, or is gone. */
  project: ('present' | 'gone')[] | null;
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

/** What triggers may do; what a person starts always shows a plan and asks (JUDGING §3). */
export type Mode = 'suggest' | 'confirm' | 'auto';

/** When the engine's disk is too full, and until when to free; percent of it, or bytes free. */
export type Pressure =
  | { high: number; low: number; cooldown: Duration }
  | { free: Bytes; to: Bytes; cooldown: Duration };

/** What starts a clean-up by itself; null is never. */
export interface Triggers {
  /** A cron expression, in local time. */
  schedule: string | null;
  afterUpdate: boolean;
  pressure: Pressure | null;
  /** A budget for images alone. */
  images: { max: Bytes; to: Bytes } | null;
}

/** A policy with every default filled in. */
export interface Policy {
  version: 1;
  mode: Mode;
  protect: ProtectRule[];
  keep: KeepRule[];
  remove: RemoveRule[];
  grace: Duration;
  rollback: { versions: number; for: Duration };
  containers: { enabled: boolean; exitedFor: Duration };
  networks: { enabled: boolean; unusedFor: Duration };
  buildCache: { enabled: boolean; unusedFor: Duration; keep: Bytes };
  triggers: Triggers;
  limits: { maxItems: number; maxBytes: Bytes; pause: Duration };
}
