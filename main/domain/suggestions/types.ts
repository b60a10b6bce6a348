import type { ContainerState, Inventory, Millis } from '../facts.js';
import type { Forecast } from '../forecast/forecast.js';
import type { LayerIndex } from '../layers.js';
import type { PlanDraft } from '../plan/make.js';
import type { RuleName } from '../policy/rule-name.js';
import type { Bytes, Duration, Policy } from '../policy/types.js';
import type { ProjectPresence } from '../projects.js';
import type { Steps } from '../steps.js';
import type { JudgedImage, JudgedOther, Reclaimable } from '../verdict/types.js';

/** A VM's disk image on the host (HOSTS §2). */
export interface VmFile {
  file: string;
  /** What it takes of the host's disk. */
  allocated: Bytes;
  /** What is used inside; null where that is not measured. */
  used: Bytes | null;
  /** Whether bytes that become free inside come back to the host; null where not known. */
  returns: 'shortly' | 'restart' | 'no' | null;
}

/** From what on something is worth saying. */
export interface Thresholds {
  /** What frees no more than so much is not suggested. */
  bytes: Bytes;
  /** How long volumes must have been without use. */
  idle: Duration;
}

/** Everything that suggestions are made of. */
export interface Ground {
  now: Millis;
  inventory: Inventory;
  /** The rules in force; null while the policy cannot be read. */
  policy: Policy | null;
  judged: readonly JudgedImage[];
  others: readonly JudgedOther[];
  /** What a plan made now would hold. */
  plan: PlanDraft;
  index: LayerIndex;
  /** Every project that ever used this engine, also those of which no image is left. */
  projects: readonly ProjectPresence[];
  vm: VmFile | null;
  forecast: Forecast | null;
  /** The next scheduled clean-up; null where none is. */
  nextRun: Millis | null;
  /** Bytes of log files by container ID, as far as they were asked for. */
  logs: ReadonlyMap<string, Bytes>;
  thresholds: Thresholds;
}

/** What of a rule is hardly meant. */
export type RuleFault =
  /** No image can have, or on this engine has, what it asks for. */
  | 'never-matches'
  /** A rule keeps or protects all that it would remove. */
  | 'never-removes'
  /** It keeps every image that has a name. */
  | 'keeps-everything'
  /** The policy has no rule that removes anything. */
  | 'removes-nothing';

type RuleList = 'protect' | 'keep' | 'remove';

/** A volume as a person tells it from others: what its container called the place. */
export interface VolumeSeen {
  name: string;
  mountedAt: string | null;
  /** The container that used it last. */
  by: string | null;
  at: Millis | null;
}

/** Why something is suggested: codes and values; names are those of the first few. */
export type Evidence =
  | { id: 'superseded'; repository: string; images: number; newer: number; names: string[] }
  | {
      id: 'project-gone';
      project: string;
      folder: string | null;
      images: number;
      containers: number;
      volumes: number;
      networks: number;
    }
  | { id: 'exited-containers'; containers: number; images: number; names: string[] }
  | { id: 'build-cache'; bytes: Bytes; unusedFor: Duration; keep: Bytes }
  | { id: 'unused-volumes'; volumes: number; first: VolumeSeen[] }
  | { id: 'same-content'; images: number; names: string[] }
  | { id: 'foreign-platform'; platforms: string[]; own: string; images: number; names: string[] }
  | ({ id: 'policy-rule'; list: RuleList; rule: string | null; fault: RuleFault } & Pick<
      RuleName,
      'subject'
    >)
  | { id: 'unbounded-logs'; containers: number; running: number; names: string[] }
  | { id: 'writes-much'; container: string; state: ContainerState }
  | ({ id: 'costly-keep'; images: number } & RuleName)
  | { id: 'fills-first'; fullAt: Millis; nextRun: Millis | null }
  | { id: 'host-bytes'; file: string; returns: 'shortly' | 'restart' };

export type SuggestionId = Evidence['id'];

/** An edit of the policy, as its commands take it. */
export type PolicyEdit =
  | ({ edit: 'remove-rule'; list: 'keep' | 'remove'; id: string } & Pick<RuleName, 'subject'>)
  | { edit: 'add-rule'; list: 'remove'; rule: { id: string; untagged: true; unusedFor: string } };

/** What only a person can do, told in words. */
export type Advice =
  /** Limit the logs of these containers. */
  | { advice: 'limit-logs' }
  /** Give what it writes a volume. */
  | { advice: 'use-volume' }
  /** Write the rule anew. */
  | { advice: 'edit-policy' }
  /** No rule lets anything go: look what takes the disk. */
  | { advice: 'make-room' }
  /** The product's own way of giving bytes back. */
  | { advice: 'give-back'; product: Inventory['engine']['product'] };

/** What is to be done: nothing of it happens before a person has seen it. */
export type Action =
  /** A plan of these items alone; see `planOfNamed`. */
  | { kind: 'plan'; named: string[] }
  | { kind: 'policy'; edit: PolicyEdit }
  | ({ kind: 'advice' } & Advice);

/**
 * `safe`: all of it can be had again; `asks`: of some of it that is not known, a person ticks it;
 * `data`: what was written would be gone; `told`: nothing is removed, a person does something.
 */
export type Safety = 'safe' | 'asks' | 'data' | 'told';

export interface Suggestion {
  /** What it is the same by, whatever its figures: `superseded myorg/api`. */
  key: string;
  evidence: Evidence;
  /** What carrying it out frees; null where that is not known. */
  bytes: Reclaimable | null;
  safety: Safety;
  /** Comes before all others. */
  urgent: boolean;
  /**
   * How much it matters, in a unit of its own kind: what a dismissal is held against. Null while not
   * all of it was measured.
   */
  weight: number | null;
  /** In the same unit: once dismissed, anything less is as little. */
  leastWeight: number;
  /** How many things it would remove. */
  items: number;
  action: Action;
}

interface FindingBase {
  /** What it is about, among suggestions of one kind. */
  subject: string;
  urgent?: boolean;
  /** Where bytes do not tell it, and what of it is as good as none. */
  weighs?: { weight: number; least: number };
}

/** What a suggester found: items to be planned, or what is known as it is. */
export type Finding = FindingBase &
  (
    | {
        named: string[];
        /** Told by what of it a plan holds; null where that is not worth it. */
        tell: (plan: PlanDraft) => Evidence | null;
        /** Worth telling however little it frees. */
        whateverBytes?: boolean;
        /** What is told where none of it can go, or nothing is named. */
        otherwise?: { evidence: Evidence; action: Exclude<Action, { kind: 'plan' }> };
      }
    | { evidence: Evidence; bytes: Reclaimable | null; action: Exclude<Action, { kind: 'plan' }> }
  );

/** One kind of suggestion. */
export interface Suggester {
  id: SuggestionId;
  /** What of its kind applies, each about another subject; in steps where that takes long. */
  find(ground: Ground): Finding[] | Steps<Finding[]>;
}
