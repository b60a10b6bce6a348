import type { CommandName, Params, Result } from '../../../main/contract/commands.js';

/** Calls a command; a failure becomes a notice, and null is given back. */
export type Call = <N extends CommandName>(name: N, params: Params<N>) => Promise<Result<N> | null>;
