import { Command } from 'commander';
import { templateNames } from '../domain/policy/templates/index.js';
import type { Messages } from '../messages/index.js';
import { clean, plan, type CleanOptions, type PlanOptions } from './commands/clean.js';
import { history, type HistoryOptions } from './commands/history.js';
import { inventory, space, status } from './commands/look.js';
import { judge, policyCheck, policyInit } from './commands/offline.js';
import { protect, unprotect } from './commands/protect.js';
import { suggest, type SuggestOptions } from './commands/suggest.js';
import { undo, type UndoOptions } from './commands/undo.js';
import type { Chosen } from './context.js';
import { adder, furnish, many } from './grammar.js';
import { addEngines } from './program-engines.js';
import { addUpdates } from './program-updates.js';
import type { Terminal } from './terminal.js';
import { refuseSurplus } from './usage.js';

/** Options that stand before or after every command. */
export interface GlobalOptions {
  json?: boolean;
  engine?: string;
  home?: string;
}

/**
 * The grammar of the command line (DESIGN §5): parsing hands what was chosen to `choose`. Throws
 * commander's errors instead of ending the process.
 */
export function program(
  m: Messages,
  version: string,
  terminal: Terminal,
  choose: (chosen: Chosen) => void,
): Command {
  const { help } = m;
  const careen = new Command('careen')
    .description(help.careen)
    .option('--json', help.options.json)
    .option('--engine <engine>', help.options.engine)
    .option('--home <dir>', help.options.home)
    .version(version, '-V, --version', help.options.version)
    .hook('preAction', (_, command) => refuseSurplus(command));
  furnish(careen, m, terminal, [
    ['careen status', help.says.status],
    ['careen plan', help.says.look],
    ['careen clean', help.says.cleanAsking],
    ['careen protect postgres:16', help.says.protectTag],
  ]);
  const add = adder(m, terminal);

  const stands = add(careen, 'status', [
    ['careen status', help.says.status],
    ['careen --engine desktop-linux status', help.says.engine],
    ['careen status --json', help.says.planJson],
  ])
    .usage('[options]')
    .action(() => choose(status));

  add(careen, 'inventory', [
    ['careen inventory --json > inventory.json', help.says.keepInventory],
  ]).action(() => choose(inventory));

  add(careen, 'judge', [
    ['careen judge --inventory inventory.json --policy policy.yaml', help.says.judgeFiles],
    [
      'careen judge --inventory inventory.json --policy policy.yaml --now 2027-01-01',
      help.says.judgeLater,
    ],
  ])
    .requiredOption('--inventory <file>', help.options.inventory)
    .requiredOption('--policy <file>', help.options.policy)
    .option('--now <time>', help.options.now)
    .action((options: { inventory: string; policy: string; now?: string }) =>
      choose((context) => judge(context, options)),
    );

  add(careen, 'plan', [
    ['careen plan', help.says.look],
    ['careen plan --free 10GB', help.says.planFree],
    ['careen plan --policy strict.yaml', help.says.planPolicy],
    ['careen plan --kind volume', help.says.planKind],
    ['careen plan --json', help.says.planJson],
  ])
    .option('--policy <file>', help.options.policy)
    .option('--free <size>', help.options.free)
    .addOption(many('--kind <kind>', help.options.kind))
    .action((options: PlanOptions) => choose((context) => plan(context, options)));

  add(careen, 'clean', [
    ['careen clean', help.says.cleanAsking],
    ['careen clean --plan 7f3a90c1d2e4b586', help.says.cleanPlan],
    ['careen clean --free 10GB', help.says.planFree],
    ['careen clean --also estimates --except myorg/api:1.4', help.says.cleanAlso],
    ['careen clean --kind volume --also acme_db-data', help.says.cleanVolume],
    ['careen clean --yes --json', help.says.planJson],
  ])
    .option('--plan <id>', help.options.plan)
    .option('--policy <file>', help.options.policy)
    .option('--free <size>', help.options.free)
    .addOption(many('--kind <kind>', help.options.kind))
    .addOption(many('--except <id>', help.options.except))
    .addOption(many('--also <id>', help.options.also))
    .option('--yes', help.options.yes)
    .action((options: CleanOptions) => choose((context) => clean(context, options)));

  add(careen, 'protect', [
    ['careen protect postgres:16', help.says.protectTag],
    ['careen protect myorg/api --until 2027-01-31 --note "audit"', help.says.protectAll],
  ])
    .argument('<refs...>', help.arguments.refs)
    .option('--until <time>', help.options.until)
    .option('--note <text>', help.options.note)
    .action((refs: string[], options: { until?: string; note?: string }) =>
      choose((context) => protect(context, refs, options)),
    );

  add(careen, 'unprotect', [['careen unprotect postgres:16', help.says.unprotect]])
    .argument('<refs...>', help.arguments.refs)
    .action((refs: string[]) => choose((context) => unprotect(context, refs)));

  add(careen, 'history', [
    ['careen history', help.commands.history],
    ['careen history --since 2026-11-01', help.says.history],
    ['careen history --run 1b2c3d4e', help.says.historyRun],
    ['careen history --item myorg/api', help.says.historyItem],
    ['careen history --csv > history.csv', help.says.historyCsv],
  ])
    .option('--since <time>', help.options.since)
    .option('--before <time>', help.options.before)
    .option('--kind <kind>', help.options.runKind)
    .option('--by <who>', help.options.by)
    .option('--item <text>', help.options.item)
    .option('--run <id>', help.options.run)
    .option('--csv', help.options.csv)
    .action((options: HistoryOptions) => choose((context) => history(context, options)));

  add(careen, 'undo', [
    ['careen undo 1b2c3d4e', help.says.undo],
    ['careen undo 1b2c3d4e --only myorg/api:1.4', help.says.undoOne],
  ])
    .argument('<run>', help.arguments.run)
    .addOption(many('--only <id>', help.options.only))
    .option('--yes', help.options.yes)
    .action((run: string, options: UndoOptions) =>
      choose((context) => undo(context, run, options)),
    );

  add(careen, 'space', [['careen space', help.says.space]]).action(() => choose(space));

  // Under `status` as well, where it is looked for first; the help lists it once.
  for (const parent of [careen, stands])
    add(
      parent,
      'suggest',
      [
        ['careen suggest', help.says.suggest],
        ['careen suggest --measure', help.says.suggestMeasure],
        ['careen suggest superseded myorg/api', help.says.suggestOpen],
        ['careen suggest superseded myorg/api --dismiss', help.says.suggestDismiss],
      ],
      { hidden: parent === stands },
    )
      .argument('[key...]', help.arguments.suggestion)
      .option('--measure', help.options.measure)
      .option('--dismiss', help.options.dismiss)
      .option('--restore', help.options.restore)
      .action((words: string[], options: SuggestOptions) =>
        choose((context) => suggest(context, words, options)),
      );

  const policy = add(careen, 'policy', [
    ['careen policy init policy.yaml', help.says.init],
    ['careen policy check policy.yaml', help.says.check],
  ]);
  add(policy, 'policy check', [
    ['careen policy check policy.yaml', help.says.check],
    ['careen policy check policy.yaml --now 2027-02-01', help.says.checkLater],
  ])
    .argument('<file>', help.arguments.checkFile)
    .option('--now <time>', help.options.checkNow)
    .action((file: string, options: { now?: string }) =>
      choose((context) => policyCheck(context, file, options)),
    );
  add(policy, 'policy init', [
    ['careen policy init policy.yaml', help.says.init],
    ...templateNames.map((name): [string, string] => [
      `careen policy init --template ${name}`,
      help.templates[name],
    ]),
  ])
    .argument('[file]', help.arguments.initFile)
    .option('--template <name>', help.options.template)
    .action((file: string | undefined, options: { template?: string }) =>
      choose((context) => policyInit(context, file, options)),
    );

  addUpdates(careen, add, m, choose);
  addEngines(careen, add, m, choose);

  return careen;
}
