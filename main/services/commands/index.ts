import type { Result } from '../../contract/commands.js';
import { runCommand } from '../../contract/handlers.js';
import { handlersOf } from './handlers.js';
import type { Collaborators, CommandContext, EngineCommandName, Handlers } from './types.js';

/** The one table of commands, of one engine: name → schema → service (DESIGN §2). */
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
  call<N extends EngineCommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
  ): Promise<Result<N>> {
    return runCommand(this.#handlers, { name, params, context }, this.failed);
  }
}
