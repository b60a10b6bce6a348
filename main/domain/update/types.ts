import type { Millis } from '../facts.js';
import type { Owner } from '../owners/types.js';
import type { Tags, UpdateMode, UpdateRules } from '../policy/types.js';

/** A version of an image as a check or an update speaks of it. */
export interface Version {
  /** Of the reference; null where it has none. */
  tag: string | null;
  /** What the registry names it by, `sha256:…`; null where it is not known. */
  digest: string | null;
  /** The engine's ID, where it has it. */
  imageId: string | null;
  created: Millis | null;
  /** What its labels call it (`org.opencontainers.image.version`). */
  label: string | null;
}

/** Of which nothing is known. */
export const unknownVersion: Version = {
  tag: null,
  digest: null,
  imageId: null,
  created: null,
  label: null,
};

/** Why a container is not asked about (UPDATING §2). */
export type NotChecked = 'pinned' | 'local-build' | 'ignored' | 'owner-pulls' | 'no-reference';

/** What a check says of one container. */
export type CheckVerdict =
  | { state: 'current' }
  /** `pulled`: it is on the engine already and not applied; `built`: it was built here under the tag. */
  | { state: 'available'; to: Version; source: 'registry' | 'pulled' | 'built' }
  | { state: 'not-checked'; why: NotChecked }
  /** The tag is in the registry no more. */
  | { state: 'gone' }
  /** Not asked yet. */
  | { state: 'unchecked' };

/** What decided a mode. */
export type ModeReason =
  | {
      by: 'name' | 'entry' | 'default';
      /** Its place in the policy. */
      rule: string;
      /** The names or images that an entry is for, as the policy writes them. */
      matches?: string[] | undefined;
    }
  | { by: 'label'; label: string }
  | { by: 'owner'; kind: Owner['kind']; tool: string }
  /** Another updater is at work, so `auto` is off (OWNERS §3). */
  | { by: 'other-updater'; tool: string }
  /** The engine is another machine's, so `auto` is off (DESIGN §1.7). */
  | { by: 'elsewhere' }
  /** Something that is not Careen put another image under it then, so `auto` is off. */
  | { by: 'recreated'; at: Millis };

/** What Careen may do about one container's updates, and by what (UPDATING §3). */
export interface ModeInForce {
  mode: UpdateMode;
  reason: ModeReason;
  /**
   * All that was asked for and is not in force, in order: what was lowered, and what a person's own
   * entry for this very container overruled.
   */
  also: { mode: UpdateMode; reason: ModeReason }[];
  /** Everything but the mode, from the entry and `default`, with labels' tags. */
  rules: Omit<UpdateRules, 'mode'>;
  tags: Tags;
  /** False where a label says that no registry is asked: then only what the engine has counts. */
  asksRegistry: boolean;
}

/** Why `auto` and `--all` leave an available update alone for now. */
export type HeldBack =
  | { code: 'min-age'; until: Millis }
  | { code: 'snoozed'; until: Millis }
  /** A person said to skip this version. */
  | { code: 'skipped' }
  /** It was rolled back from, by Careen or by a person. */
  | { code: 'rolled-back'; at: Millis }
  | { code: 'too-large'; bytes: number; most: number }
  /** A major step for a container with a writable volume or bind. */
  | { code: 'major-with-data' }
  /** A service whose new task would wait for ever for a node with room beside the old one. */
  | { code: 'never-starts' }
  | { code: 'not-running' }
  | { code: 'paused' }
  /** A service that runs to its end: an update would run it once more. */
  | { code: 'job' }
  | { code: 'built-here' };
