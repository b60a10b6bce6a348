import type { z } from 'zod';
import { CareenError } from '../domain/errors.js';
import { commands, type CommandName } from './commands.js';

/** A command's parameters, read by its schema. */
export type Parsed<N extends CommandName> = z.output<(typeof commands)[N]['params']>;

const longestQuote = 200;

/** Whether there is a command of that name; throws `input-invalid` where there is none. */
export function assertCommand(name: string): asserts name is CommandName {
  if (!Object.hasOwn(commands, name)) throw invalid('command', name, 'a known command');
}

/** A command's parameters by its schema; throws `input-invalid` for what does not parse. */
export function parsed<N extends CommandName>(name: N, params: unknown): Parsed<N> {
  const read = commands[name].params.safeParse(params);
  if (read.success) return read.data as Parsed<N>;
  const issue = read.error.issues[0];
  const where = [name, ...(issue?.path ?? [])].join('.');
  throw invalid(where, params, issue?.message ?? 'something else');
}

function invalid(what: string, found: unknown, expected: string): CareenError {
  const text = typeof found === 'string' ? found : (JSON.stringify(found) ?? 'nothing');
  return new CareenError('input-invalid', { what, found: text.slice(0, longestQuote), expected });
}
