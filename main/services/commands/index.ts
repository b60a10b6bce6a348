import { commands, type CommandName, type Result } from '../../contract/commands.js';
import { CareenError } from '../../domain/errors.js';
import { handlersOf } from './handlers.js';
import type { Collaborators, CommandContext, Handlers } from './types.js';

/** The one table of commands: name → schema → service (DESIGN §2). */
export class Commands {
  readonly #handlers: Handlers;

  constructor(
    services: Collaborators,
    /** Told of each failure, which is the caller's to show. */
    private readonly failed: (error: unknown) => void,
  ) {
    this.#handlers = handlersOf(services);
  }

  /** Parses and runs a command; throws CareenErrors, `input-invalid` for what does not parse. */
  async call<N extends CommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
  ): Promise<Result<N>> {
    if (!Object.hasOwn(commands, name)) throw invalid('command', name, 'a known command');
    const parsed = commands[name].params.safeParse(params);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = [name, ...(issue?.path ?? [])].join('.');
      throw invalid(where, params, issue?.message ?? 'something else');
    }
    const handler = this.#handlers[name] as (
      params: unknown,
      context: CommandContext,
    ) => Promise<Result<N>>;
    try {
      return await handler(parsed.data, context);
    } catch (e) {
      this.failed(e);
      throw e;
    }
  }
}

const longestQuote = 200;

function invalid(what: string, found: unknown, expected: string): CareenError {
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? 'nothing');
  return new CareenError('input-invalid', { what, found: text.slice(0, longestQuote), expected });
}
