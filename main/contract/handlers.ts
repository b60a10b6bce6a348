import type { CommandName, Result } from './commands.js';
import { type Parsed, parsed } from './parse.js';

/** What carries out each command of a table, called in some context. */
export type HandlersOf<Names extends CommandName, Context> = {
  [N in Names]: (params: Parsed<N>, context: Context) => Promise<Result<N>>;
};

/**
 * Parses and runs a command of a table; throws CareenErrors, `input-invalid` for what does not parse.
 *
 * @param failed told of each failure, which is the caller's to show
 */
export async function runCommand<Names extends CommandName, N extends Names, Context>(
  handlers: HandlersOf<Names, Context>,
  { name, params, context }: { name: N; params: unknown; context: Context },
  failed: (error: unknown) => void,
): Promise<Result<N>> {
  const given = parsed(name, params);
  try {
    return await handlers[name](given, context);
  } catch (e) {
    failed(e);
    throw e;
  }
}
