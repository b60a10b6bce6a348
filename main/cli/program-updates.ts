import type { Command } from 'commander';
import type { Messages } from '../messages/index.js';
import { check, preview } from './commands/check.js';
import {
  moveOver,
  setMode,
  skip,
  snooze,
  type MoveOverOptions,
  type SkipOptions,
  type SnoozeOptions,
} from './commands/modes.js';
import {
  release,
  rollback,
  type ReleaseOptions,
  type RollbackOptions,
} from './commands/rollback.js';
import { update, type UpdateOptions } from './commands/update.js';
import type { Chosen } from './context.js';
import type { Add } from './grammar.js';

/** Adds the commands about updates. */
export function addUpdates(
  careen: Command,
  add: Add,
  { help }: Messages,
  choose: (chosen: Chosen) => void,
): void {
  add(careen, 'check', [
    ['careen check', help.says.checkAll],
    ['careen check web db', help.says.checkSome],
    ['careen check --json', help.says.planJson],
  ])
    .argument('[names...]', help.arguments.containers)
    .action((names: string[]) => choose((context) => check(context, names)));

  add(careen, 'preview', [
    ['careen preview web', help.says.preview],
    ['careen preview web --to 16.6', help.says.previewTo],
  ])
    .argument('<name>', help.arguments.container)
    .option('--to <tag>', help.options.toTag)
    .action((name: string, options: { to?: string }) =>
      choose((context) => preview(context, name, options)),
    );

  add(careen, 'update', [
    ['careen update web', help.says.updateOne],
    ['careen update web --to 16.6 --copy-volumes', help.says.updateTo],
    ['careen update --all', help.says.updateAll],
    ['careen update --all --yes --json', help.says.planJson],
  ])
    .argument('[names...]', help.arguments.containers)
    .option('--all', help.options.all)
    .option('--to <tag>', help.options.toTag)
    .option('--copy-volumes', help.options.copyVolumes)
    .option('--yes', help.options.yes)
    .action((names: string[], options: UpdateOptions) =>
      choose((context) => update(context, names, options)),
    );

  add(careen, 'rollback', [
    ['careen rollback web', help.says.rollback],
    ['careen rollback web --to 16.4', help.says.rollbackTo],
    ['careen rollback web --copies', help.says.rollbackCopies],
  ])
    .argument('<name>', help.arguments.container)
    .option('--to <image>', help.options.toImage)
    .option('--copies', help.options.copies)
    .option('--yes', help.options.yes)
    .action((name: string, options: RollbackOptions) =>
      choose((context) => rollback(context, name, options)),
    );

  add(careen, 'release', [['careen release web', help.says.release]])
    .argument('<name>', help.arguments.container)
    .option('--yes', help.options.yes)
    .action((name: string, options: ReleaseOptions) =>
      choose((context) => release(context, name, options)),
    );

  add(careen, 'snooze', [
    ['careen snooze web --until 2026-12-24', help.says.snooze],
    ['careen snooze web --off', help.says.snoozeOff],
  ])
    .argument('<name>', help.arguments.container)
    .option('--until <time>', help.options.snoozeUntil)
    .option('--off', help.options.snoozeOff)
    .action((name: string, options: SnoozeOptions) =>
      choose((context) => snooze(context, name, options)),
    );

  add(careen, 'skip', [
    ['careen skip web', help.says.skip],
    ['careen skip web --undo', help.says.skipUndo],
  ])
    .argument('<name>', help.arguments.container)
    .option('--undo', help.options.skipUndo)
    .action((name: string, options: SkipOptions) =>
      choose((context) => skip(context, name, options)),
    );

  add(careen, 'mode', [
    ['careen mode web auto', help.says.modeAuto],
    ['careen mode web notify', help.says.modeNotify],
    ['careen mode web tell', help.says.modeTell],
    ['careen mode db ignore', help.says.modeIgnore],
  ])
    .argument('<name>', help.arguments.container)
    .argument('<mode>', help.arguments.mode)
    .action((name: string, mode: string) => choose((context) => setMode(context, name, mode)));

  add(careen, 'move-over', [
    ['careen move-over', help.says.moveOver],
    ['careen move-over --apply', help.says.moveOverApply],
  ])
    .option('--apply', help.options.apply)
    .action((options: MoveOverOptions) => choose((context) => moveOver(context, options)));
}
