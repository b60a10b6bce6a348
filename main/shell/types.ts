import type { Answer, CommandName } from '../contract/commands.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import type { Question, SliceMessage, SliceName, Slices } from '../contract/slices.js';
import type { UpdateRow } from '../contract/updates.js';
import type { WireError } from '../contract/wire.js';

/**
 * What a command would widen Careen's reach to; main states it in a native dialog and a person
 * decides there, out of a compromised window's reach (DESIGN §6).
 */
export type WideningEffect =
  /** An endpoint that discovery did not find; `endpoint` is the address as it would be used. */
  | { kind: 'foreign-endpoint'; endpoint: string }
  /** The mode `auto`; with `change` an edit of what goes by itself in that mode, as the policy says it. */
  | { kind: 'auto-mode'; change: string | null }
  /** Containers that are then updated without being asked about; null: all. */
  | { kind: 'auto-update'; containers: readonly string[] | null }
  /** A whole policy: rules of `protect` that go, addresses it connects to, whether labels' commands run. */
  | {
      kind: 'policy-reach';
      unprotected: readonly string[];
      probes: readonly string[];
      hooks: boolean;
    }
  /** Several images, by name, whose protection is taken off at once. */
  | { kind: 'unprotect'; images: readonly string[] };

/** Who gave a command, and what only the shell can do for it. */
export interface CallContext {
  by: 'window' | 'tray';
  /** True when a person agreed to the effect; `of`: the engines that it is for, where there are several. */
  confirm: (effect: WideningEffect, of?: readonly string[]) => Promise<boolean>;
  /** The path of a socket from main's own file dialog; null when a person changed their mind. */
  pickSocket: () => Promise<string | null>;
  /** Writes it where main's own file dialog says; its path, null when a person changed their mind. */
  saveFile: (name: string, content: string | Buffer) => Promise<string | null>;
  /** Opens a folder in the file manager; throws `folder-unopened`. */
  openFolder: (path: string) => Promise<void>;
  /** Shows a notification that says no more than that it came; throws `notifications-missing`. */
  testNotification: () => Promise<void>;
  /** Opens an https address in the browser; throws `input-invalid` at any other. */
  openLink: (url: string) => Promise<void>;
}

/** The assembled application as the shell sees it; `assemble()` gives it, Electron-free. */
export interface CareenApp {
  /**
   * Parses name and `params` by the contract, whatever they are, and runs the command; a user's error
   * is an answer, never thrown.
   *
   * @param engine the key of the engine that it is given to; absent: the first's
   */
  call<N extends CommandName>(
    name: N,
    params: unknown,
    context: CallContext,
    engine?: string,
  ): Promise<Answer<N>>;
  /** Opens what belongs to an engine, by its key, if it is not yet; gives why that cannot be. */
  open(engine: string): Promise<WireError | null>;
  /** Each of one engine that is open, by its key; absent: of the first. */
  slices: {
    /** The slice whole (`images` and `containers` with `from: 0`). */
    get<N extends SliceName>(name: N, engine?: string): Slices[N];
    version(name: SliceName, engine?: string): number;
    /** Keys of the engines that have slices of their own, the first's at least. */
    engines(): string[];
    /** Messages for a window, of the engine that is watched; gives the way to stop. */
    subscribe(listener: (message: SliceMessage) => void): () => void;
    /** Of which engine messages are made; null: of none. */
    setWatching(engine: string | null): void;
    /** Told by name and engine that a slice changed, window or not; gives the way to stop. */
    onChange(listener: (name: SliceName, engine: string) => void): () => void;
  };
  /** Told once at the end of each clean-up, whoever started it; gives the way to stop. */
  onRunEnded(listener: (run: CleanRun, engine: string) => void): () => void;
  /** Told once at the end of each run of updates, of rolling back or of releasing; gives the way to stop. */
  onUpdateEnded(listener: (run: UpdateRun, engine: string) => void): () => void;
  /** Told of containers whose new version was not told before; gives the way to stop. */
  onUpdatesFound(listener: (rows: UpdateRow[], engine: string) => void): () => void;
  /** Told of each question that is worth a notification; gives the way to stop. */
  onQuestion(listener: (question: Question, engine: string) => void): () => void;
  /** Told when the host's own disk is over the policy's mark; gives the way to stop. */
  onHostFull(listener: () => void): () => void;
  /** To be called when the system is about to sleep: nothing is begun by itself until it woke. */
  suspending(): void;
  /** To be called when the system wakes from sleep: events may have been missed. */
  resumed(): Promise<void>;
  /** Ends a run at its next step, closes the engine's streams and gives the data home up. */
  close(): Promise<void>;
}
