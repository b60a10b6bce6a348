import type { CommandName, Params, Result } from '../contract/commands.js';
import type { RunSlice } from '../contract/slices.js';

/** The way to Careen: this process's own, or the app that has the data home (DESIGN §3). */
export interface Session {
  /** Runs a command of the one table; throws CareenErrors. What an ending owner did not begin the next one does. */
  call<N extends CommandName>(name: N, params: Params<N>): Promise<Result<N>>;
  /** Told of each step of a run under way; gives the way to stop. */
  onRun(listener: (run: RunSlice) => void): () => void;
  /** Ends it, once nobody else's command goes through it any more; `staying` is told of such a wait. */
  close(staying: () => void): Promise<void>;
}

export interface SessionOptions {
  /** `--home`; absent: `CAREEN_HOME`, else the platform's own. */
  home?: string;
  /** `--engine`: a docker context or an address. */
  engine?: string;
}

export type OpenSession = (options: SessionOptions) => Promise<Session>;
