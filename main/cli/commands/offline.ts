import { writeFile } from 'node:fs/promises';
import { systemCode } from '../../adapters/system-error.js';
import { exit } from '../../contract/exit.js';
import { CareenError } from '../../domain/errors.js';
import { asTicked, chosenOf } from '../../domain/plan/choose.js';
import { waitsOf } from '../../domain/plan/untick.js';
import { checkPolicy } from '../../domain/policy/check.js';
import { defaultPolicyText } from '../../domain/policy/default.js';
import { readPolicy } from '../../domain/policy/read.js';
import {
  templateNames,
  templates,
  type TemplateName,
} from '../../domain/policy/templates/index.js';
import { judgeOthers } from '../../domain/verdict/others/index.js';
import { judgeNow, planOf as makePlan } from '../../services/cleaner/index.js';
import { thingsOf } from '../../messages/index.js';
import { english, type Context, type Output } from '../context.js';
import { judgedOf, judgedOtherOf, planOf } from '../documents.js';
import { parseTime, readInventoryFile, readPolicyFile } from '../input.js';
import { judgedLines, naming, planLines } from '../lines.js';

/**
 * `careen judge`: from files alone. The same files and time give the same document, byte for byte.
 */
export async function judge(
  { m }: Context,
  options: { inventory: string; policy: string; now?: string },
): Promise<Output<'judge'>> {
  const at = options.now === undefined ? null : parseTime('--now', options.now);
  const { text } = await readPolicyFile(options.policy);
  const policy = readPolicy(options.policy, text);
  const inventory = await readInventoryFile(options.inventory);
  const now = at ?? inventory.takenAt;
  const judged = judgeNow(inventory, policy, now);
  const plan = makePlan(inventory, policy, text, now);
  const name = naming(english, judged);
  const going = chosenOf(plan, asTicked);
  const waits = waitsOf(plan.items, going);
  const ticked = plan.items.filter(({ id }) => going.has(id));
  const total = ticked.length === 0 ? null : m.cli.plan.total(thingsOf(ticked), plan.reclaimable);
  return {
    document: {
      judged: judged.map((image) =>
        judgedOf(image, waits, { now, name, going: going.has(image.id) }),
      ),
      others: judgeOthers(inventory, policy, { now, ages: 'calendar' }).map((other) =>
        judgedOtherOf(other, waits, { now, name, going: going.has(other.id) }),
      ),
      plan: planOf(plan, name),
    },
    lines: [
      ...judgedLines(m, judged, going, waits, now),
      '',
      ...planLines(m, plan, ticked, total),
      m.cli.plan.offline,
    ],
    exit: exit.done,
  };
}

/**
 * `careen policy check FILE`: fails with every problem at its line and column, and warns of what is
 * hardly meant.
 */
export async function policyCheck(
  context: Context,
  file: string,
  options: { now?: string },
): Promise<Output<'policy check'>> {
  const { m } = context;
  const now = options.now === undefined ? context.now() : parseTime('--now', options.now);
  const { text } = await readPolicyFile(file);
  const checked = checkPolicy(text, now);
  if ('problems' in checked)
    throw new CareenError('policy-invalid', { file, problems: checked.problems });
  const { stoodIn, lints } = checked;
  const words = m.cli.policy;
  return {
    document: {
      file,
      valid: true,
      stoodIn,
      lints: lints.map((lint) => ({ ...lint, text: english.policyLint(lint) })),
    },
    lines: [
      words.valid(file),
      ...lints.map((lint) =>
        words.warning(`${file}:${lint.line}:${lint.column}`, m.policyLint(lint)),
      ),
      ...(stoodIn.length > 0 ? [words.stoodIn] : []),
      ...stoodIn.map(({ key, value }) => `  ${key}: ${value}`),
    ],
    exit: exit.done,
  };
}

/** `careen policy init [FILE]`: into the data home without one. Throws `policy-exists`. */
export async function policyInit(
  { m, session }: Context,
  file: string | undefined,
  options: { template?: string },
): Promise<Output<'policy init'>> {
  const template = options.template === undefined ? null : templateOf(options.template);
  const written =
    file === undefined
      ? await (await session()).call('policy.init', { template })
      : await writePolicy(file, template === null ? defaultPolicyText : templates[template]);
  return { document: written, lines: [m.cli.policy.written(written.file)], exit: exit.done };
}

function templateOf(text: string): TemplateName {
  const name = templateNames.find((one) => one === text);
  if (name !== undefined) return name;
  throw new CareenError('input-invalid', { what: '--template', found: text, expected: 'template' });
}

async function writePolicy(file: string, text: string): Promise<{ file: string }> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (e) {
    const why = systemCode(e) ?? String(e);
    if (why === 'EEXIST') throw new CareenError('policy-exists', { file }, { cause: e });
    throw new CareenError('policy-unreadable', { file, why }, { cause: e });
  }
  return { file };
}
