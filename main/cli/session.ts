import type { CommandName, Params, Result } from '../contract/commands.js';
import type { RunSlice } from '../contract/slices.js';

/** The way to Careen: this process's own, or the app that has the data home (DESIGN §3). */
export interface Session {
  role: 'owner' | 'client';
  /** Runs a command of the one table; throws CareenErrors. */
  call<N extends CommandName>(name: N, params: Params<N>): Promise<Result<N>>;
  /** Told of each step of a run under way; gives the way to stop. */
  onRun(listener: (run: RunSlice) => void): () => void;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** `--home`; absent: `CAREEN_HOME`, else the platform's own. */
  home?: string;
  /** `--engine`: a docker context or an address. */
  engine?: string;
}

export type OpenSession = (options: SessionOptions) => Promise<Session>;
