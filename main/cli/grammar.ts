import { Option, type Command } from 'commander';
import type { Messages } from '../messages/index.js';
import type { Terminal } from './terminal.js';
import { isAnswered, usageError } from './usage.js';

/** Every command, by its words; those under `policy` and `engines` with that in front. */
export type Named = keyof Messages['help']['commands'];

/** A command line and what it does, for the end of a help text. */
export type Example = [line: string, says: string];

export type Add = (
  parent: Command,
  name: Named,
  examples: Example[],
  options?: { hidden?: boolean },
) => Command;

/** An option that may be repeated. */
export function many(flags: string, description: string): Option {
  const collect = (value: string, before: string[]) => [...before, value];
  return new Option(flags, description).argParser(collect).default([]);
}

/** Adds commands that are described and furnished alike; one that stands elsewhere too may be hidden. */
export function adder(m: Messages, terminal: Terminal): Add {
  return (parent, name, examples, options = {}) => {
    const command = parent.command(name.replace(/^(policy|engines) /, ''), options);
    command.description(m.help.commands[name]);
    furnish(command, m, terminal, examples);
    return command;
  };
}

/** What each command has alike: help with examples, and failures that are thrown and not printed. */
export function furnish(
  command: Command,
  m: Messages,
  terminal: Terminal,
  examples: Example[],
): void {
  const { help } = m;
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, says]) => `  ${line.padEnd(width)}  # ${says}`);
  command
    .exitOverride((e) => {
      throw isAnswered(e) ? e : usageError(e, command);
    })
    .allowExcessArguments()
    .configureOutput({
      writeOut: (text) => text.trimEnd().split('\n').forEach(terminal.out),
      writeErr: (text) => text.trimEnd().split('\n').forEach(terminal.note),
      // The sentence is made from the thrown error's code.
      outputError: () => undefined,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => help.titles[title] ?? title,
      // The only default is that of what may be repeated, which says nothing.
      optionDescription: ({ description }) => description,
      helpWidth: Math.min(process.stdout.columns ?? 100, 100),
    })
    .helpOption('-h, --help', help.options.help)
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText('after', `\n${help.examples}\n${lines.join('\n')}`);
}
