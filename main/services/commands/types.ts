import type { BundledFile } from '../../adapters/store/bundle.js';
import type { Entry } from '../../adapters/store/contents.js';
import type { CommandName } from '../../contract/commands.js';
import type { FleetCommandName } from '../../contract/fleet.js';
import type { HandlersOf } from '../../contract/handlers.js';
import type { Cleaner } from '../cleaner/index.js';
import type { Connection } from '../connection.js';
import type { Diagnostics } from '../diagnostics/index.js';
import type { Gauges } from '../gauges.js';
import type { Journal } from '../journal/index.js';
import type { Judging } from '../judging.js';
import type { Meeting } from '../meeting.js';
import type { Policies } from '../policies.js';
import type { Preferences } from '../preferences.js';
import type { Recoverability } from '../recoverability/index.js';
import type { Registries } from '../registries.js';
import type { Runs } from '../runs.js';
import type { Samples } from '../samples/index.js';
import type { Space } from '../space.js';
import type { State } from '../state/index.js';
import type { Suggestions } from '../suggestions/index.js';
import type { Triggers } from '../triggers/index.js';
import type { Undo } from '../undo/index.js';
import type { AskedBy } from '../types.js';
import type { UpdateServices } from './update-types.js';

/** What a whole policy takes protection from, connects to, and runs, beside what goes by itself. */
export interface PolicyReach {
  kind: 'policy-reach';
  /** What rules of `protect` selected that are there no more. */
  unprotected: readonly string[];
  /** Addresses. */
  probes: readonly string[];
  /** Whether commands that labels name run. */
  hooks: boolean;
}

/**
 * What a command would widen Careen's reach to: an endpoint that discovery did not find; `auto`, or
 * with a `change` what goes by itself in that mode; containers that are then updated by themselves,
 * null being all; images, by name, that nothing protects any more. A person agrees first, outside
 * the window (DESIGN §6).
 */
export type Widening =
  | { kind: 'foreign-endpoint'; endpoint: string }
  | { kind: 'auto-mode'; change: string | null }
  | { kind: 'auto-update'; containers: readonly string[] | null }
  | { kind: 'unprotect'; images: readonly string[] }
  | PolicyReach;

/** Who gave a command, and what only that side can do. */
export interface CommandContext {
  by: AskedBy;
  /**
   * True when a person agreed to the effect.
   *
   * @param of names of the engines that the policy is for, where there are several engines
   */
  confirm(widening: Widening, of?: readonly string[]): Promise<boolean>;
  /** A socket from a file dialog of main's own, or null; no window or script can name one. */
  pickSocket(): Promise<string | null>;
  /** Writes it where a file dialog of main's own says; gives its path, null where it was refused. */
  saveFile(name: string, content: string | Buffer): Promise<string | null>;
  /** Opens a folder in the desktop's file manager. */
  openFolder(path: string): Promise<void>;
  /** Shows a notification that says no more than that it came. */
  testNotification(): Promise<void>;
  /** Opens an https address in the browser. */
  openLink(url: string): Promise<void>;
}

/** The services that commands lead to. */
export interface Collaborators extends UpdateServices {
  connection: Connection;
  meeting: Meeting;
  judging: Judging;
  cleaner: Cleaner;
  policies: Policies;
  journal: Journal;
  undo: Undo;
  recoverability: Recoverability;
  runs: Runs;
  gauges: Gauges;
  samples: Samples;
  space: Space;
  preferences: Preferences;
  triggers: Triggers;
  suggestions: Suggestions;
  state: State;
  registries: Registries;
  diagnostics: Diagnostics;
  /** What the process is, and the home that it keeps. */
  own: {
    version: string;
    home: string;
    contents(): Promise<Entry[]>;
    bundle(folder: string, files: readonly BundledFile[]): Promise<Buffer>;
  };
  now: () => number;
}

/** Commands that are given to one engine; the others are about the list of engines. */
export type EngineCommandName = Exclude<CommandName, FleetCommandName>;

export type Handlers = HandlersOf<EngineCommandName, CommandContext>;
