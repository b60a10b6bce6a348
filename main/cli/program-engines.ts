import type { Command } from 'commander';
import type { Messages } from '../messages/index.js';
import {
  addEngine,
  anotherEngine,
  type Asking,
  engines,
  joinEngines,
  type Leaving,
  partEngines,
  removeEngine,
  sameEngine,
  setEngine,
  together,
} from './commands/engines.js';
import type { Chosen } from './context.js';
import type { Add } from './grammar.js';

/** Adds the commands about the list of engines. */
export function addEngines(
  careen: Command,
  add: Add,
  { help }: Messages,
  choose: (chosen: Chosen) => void,
): void {
  const list = add(careen, 'engines', [
    ['careen engines', help.commands.engines],
    ['careen engines add homeserver', help.says.engineAdd],
    ['careen --engine homeserver status', help.says.engine],
  ]).action(() => choose(engines));

  add(list, 'engines add', [
    ['careen engines add homeserver', help.says.engineAdd],
    ['careen engines add unix:///run/other/docker.sock --name other', help.says.engineAddName],
  ])
    .argument('<context|url>', help.arguments.place)
    .option('--name <name>', help.options.engineName)
    .action((place: string, options: { name?: string }) =>
      choose((context) => addEngine(context, place, options)),
    );

  add(list, 'engines remove', [['careen engines remove homeserver', help.says.engineRemove]])
    .argument('<engine>', help.arguments.engine)
    .option('--leave-unfinished', help.options.leaveUnfinished)
    .option('--yes', help.options.yes)
    .action((engine: string, options: Leaving) =>
      choose((context) => removeEngine(context, engine, options)),
    );

  add(list, 'engines set', [
    ['careen engines set homeserver --policy shared', help.says.engineShared],
    ['careen engines set homeserver --name cellar', help.says.engineNamed],
  ])
    .argument('<engine>', help.arguments.engine)
    .option('--name <name>', help.options.engineName)
    .option('--policy <whose>', help.options.enginePolicy)
    .action((engine: string, options: { name?: string; policy?: string }) =>
      choose((context) => setEngine(context, engine, options)),
    );

  add(list, 'engines same', [['careen engines same homeserver', help.says.engineSame]])
    .argument('<engine>', help.arguments.engine)
    .option('--yes', help.options.yes)
    .action((engine: string, options: Asking) =>
      choose((context) => sameEngine(context, engine, options)),
    );

  add(list, 'engines another', [['careen engines another homeserver', help.says.engineAnother]])
    .argument('<engine>', help.arguments.engine)
    .option('--leave-unfinished', help.options.leaveUnfinished)
    .option('--yes', help.options.yes)
    .action((engine: string, options: Leaving) =>
      choose((context) => anotherEngine(context, engine, options)),
    );

  add(list, 'engines join', [['careen engines join laptop homeserver', help.says.enginesJoin]])
    .argument('<engine>', help.arguments.engine)
    .argument('<other>', help.arguments.otherEngine)
    .option('--yes', help.options.yes)
    .action((engine: string, other: string, options: Asking) =>
      choose((context) => joinEngines(context, engine, other, options)),
    );

  add(list, 'engines part', [['careen engines part laptop homeserver', help.says.enginesPart]])
    .argument('<engine>', help.arguments.engine)
    .argument('<other>', help.arguments.otherEngine)
    .option('--yes', help.options.yes)
    .action((engine: string, other: string, options: Asking) =>
      choose((context) => partEngines(context, engine, other, options)),
    );

  add(list, 'engines together', [['careen engines together on', help.says.enginesTogether]])
    .argument('<on|off>', help.arguments.onOff)
    .action((text: string) => choose((context) => together(context, text)));
}
