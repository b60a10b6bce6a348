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
export function usageError(e: CommanderError, command: Command): CareenError {
  const found = /'([^']*)'/.exec(e.message)?.[1] ?? '';
  const meant = /Did you mean (?:one of )?([^?]+)\?/.exec(e.message)?.[1];
  const invalid = (what: string, text: string, expected: string) =>
    new CareenError('input-invalid', { what, found: text, expected }, { cause: e });
  switch (e.code) {
    case 'commander.unknownCommand':
      return invalid('command', found, meant ?? commandOf(command));
    case 'commander.help':
      return invalid('command', '', commandOf(command));
    case 'commander.unknownOption':
      return invalid('option', found, meant ?? 'known-option');
    case 'commander.missingArgument': {
      const { what, expected } = missing[found] ?? { what: found, expected: 'value' };
      return invalid(what, '', expected);
    }
    case 'commander.missingMandatoryOptionValue':
    case 'commander.optionMissingArgument':
      return invalid(found.replace(/^.* (?=--)/, ''), '', 'value');
    default:
      return invalid('argument', found, 'known-option');
  }
}

/** What stands for each argument that a command cannot do without, and what it is to be. */
const missing: Record<string, { what: string; expected: string }> = {
  refs: { what: 'REF', expected: 'image-names' },
  name: { what: 'NAME', expected: 'container-name' },
  mode: { what: 'MODE', expected: 'update-mode' },
  run: { what: 'RUN', expected: 'run-id' },
  file: { what: 'FILE', expected: 'policy-file' },
  engine: { what: 'ENGINE', expected: 'engine-name' },
  other: { what: 'OTHER', expected: 'engine-name' },
  'context|url': { what: 'PLACE', expected: 'place' },
  'on|off': { what: 'CHOICE', expected: 'on-or-off' },
};

/** A command of a group is one that the help of that lists. */
const commandOf = (group: Command) =>
  group.parent === null ? 'known-command' : `known-${group.name()}-command`;

/** Throws `input-invalid` for the first argument that a command takes no more. */
export function refuseSurplus(command: Command): void {
  const surplus = command.args[command.registeredArguments.length];
  const takesMany = command.registeredArguments.at(-1)?.variadic === true;
  if (surplus === undefined || takesMany) return;
  const isGroup = command.createHelp().visibleCommands(command).length > 0;
  throw new CareenError('input-invalid', {
    what: isGroup ? 'command' : 'argument',
    found: surplus,
    expected: isGroup ? commandOf(command) : 'no-more',
  });
}
