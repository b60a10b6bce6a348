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
  /** Percent of the host's own disk from which on it is told. */
  hostNotice: number | null;
  /** A budget for images alone. */
  images: { max: Bytes; to: Bytes } | null;
}

/** What Careen may do about a container's updates, the most first (UPDATING §3). */
export type UpdateMode = 'auto' | 'notify' | 'tell' | 'ignore';

/** Which tags a container may move to: its own, the next by version, or those of a pattern. */
export type Tags =
  | { level: 'same' | 'patch' | 'minor' | 'major' }
  | {
      level: 'pattern';
      /** Regular expressions in linear time; `transform`: `regex => replacement`. */
      include: string | null;
      exclude: string | null;
      transform: string | null;
      /** What must allow a tag as well: of the policy, where a label has narrowed it. */
      within?: Tags;
    };

/** What proves an updated container well, beyond its own health check. */
export type Probe = { http: string; status: number } | { tcp: string };

/** How one container is updated. */
export interface UpdateRules {
  mode: UpdateMode;
  tags: Tags;
  /** How long a version must have been seen before it is taken by itself. */
  minAge: Duration;
  /** How long a container without a health check must run without a restart. */
  settle: Duration;
  proveWithin: Duration;
  /** How long a task of a Swarm service may find no node before its update counts as stuck. */
  stuckAfter: Duration;
  /** Whether lifecycle hooks of its labels run. */
  hooks: boolean;
  /** Bytes above which an automatic pull becomes a question. */
  askAbove: Bytes;
  /** Bytes up to which copying named volumes is offered. */
  copyUpTo: Bytes;
  probe: Probe | null;
}

/** Containers with rules of their own; keys that it leaves out come from `default`. */
export interface UpdateEntry {
  /** Its place, e.g. `update.containers[0]`. */
  id: string;
  /** Globs over container names; null: any. */
  match: string[] | null;
  /** Patterns over references, as rules'. */
  image: string[] | null;
  rules: Partial<UpdateRules>;
}

export interface UpdatePolicy {
  check: { every: Duration };
  default: UpdateRules;
  containers: UpdateEntry[];
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
  update: UpdatePolicy;
}
