import { CommanderError, type Command } from 'commander';
import { CareenError } from '../domain/errors.js';

/** Ends that are no failure: help or the version was asked for and printed. */
export function isAnswered(e: unknown): boolean {
  return (
    e instanceof CommanderError && ['commander.helpDisplayed', 'commander.version'].includes(e.code)
  );
}

/**
 * What commander found wrong with the arguments, as `input-invalid`; its values are in quotes in its
 * message, and a word that was probably meant after "Did you mean".
 */
export function usageError(e: CommanderError): CareenError {
  const found = /'([^']*)'/.exec(e.message)?.[1] ?? '';
  const meant = /Did you mean (?:one of )?([^?]+)\?/.exec(e.message)?.[1];
  const invalid = (what: string, text: string, expected: string) =>
    new CareenError('input-invalid', { what, found: text, expected }, { cause: e });
  switch (e.code) {
    case 'commander.unknownCommand':
      return invalid('command', found, meant ?? 'known-command');
    case 'commander.help':
      return invalid('command', '', 'known-command');
    case 'commander.unknownOption':
      return invalid('option', found, meant ?? 'known-option');
    case 'commander.missingArgument':
    case 'commander.missingMandatoryOptionValue':
    case 'commander.optionMissingArgument':
      return invalid(found.replace(/^.* (?=--)/, ''), '', 'value');
    default:
      return invalid('argument', found, 'known-option');
  }
}

/** Throws `input-invalid` for the first argument that a command takes no more. */
export function refuseSurplus(command: Command): void {
  const surplus = command.args[command.registeredArguments.length];
  const takesMany = command.registeredArguments.at(-1)?.variadic === true;
  if (surplus === undefined || takesMany) return;
  throw new CareenError('input-invalid', { what: 'argument', found: surplus, expected: 'no-more' });
}
