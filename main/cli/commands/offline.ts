import { writeFile } from 'node:fs/promises';
import { systemCode } from '../../adapters/system-error.js';
import { exit } from '../../contract/exit.js';
import { CareenError } from '../../domain/errors.js';
import { defaultPolicyText } from '../../domain/policy/default.js';
import { parsePolicy } from '../../domain/policy/parse.js';
import type { Policy } from '../../domain/policy/types.js';
import type { StoodIn } from '../../domain/policy/written.js';
import { judgeNow, planOf as makePlan } from '../../services/cleaner/index.js';
import { thingsOf } from '../../messages/index.js';
import { english, type Context, type Output } from '../context.js';
import { judgedOf, planOf } from '../documents.js';
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
  const { policy, text } = await policyOf(options.policy);
  const inventory = await readInventoryFile(options.inventory);
  const now = at ?? inventory.takenAt;
  const judged = judgeNow(inventory, policy, now);
  const plan = makePlan(inventory, policy, text, now);
  const name = naming(english, judged);
  const ticked = plan.items.filter((item) => item.ticked);
  const total = ticked.length === 0 ? null : m.cli.plan.total(thingsOf(ticked), plan.reclaimable);
  return {
    document: {
      judged: judged.map((image) => judgedOf(image, { now, name })),
      plan: planOf(plan, name),
    },
    lines: [
      ...judgedLines(m, judged, now),
      '',
      ...planLines(m, plan, ticked, total),
      m.cli.plan.offline,
    ],
    exit: exit.done,
  };
}

/** `careen policy check FILE`: fails with every problem at its line and column. */
export async function policyCheck({ m }: Context, file: string): Promise<Output<'policy check'>> {
  const { stoodIn } = await policyOf(file);
  const words = m.cli.policy;
  return {
    document: { file, valid: true, stoodIn },
    lines: [
      words.valid(file),
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
): Promise<Output<'policy init'>> {
  const written =
    file === undefined ? await (await session()).call('policy.init', {}) : await writeDefault(file);
  return { document: written, lines: [m.cli.policy.written(written.file)], exit: exit.done };
}

async function writeDefault(file: string): Promise<{ file: string }> {
  try {
    await writeFile(file, defaultPolicyText, { flag: 'wx', mode: 0o600 });
  } catch (e) {
    const why = systemCode(e) ?? String(e);
    if (why === 'EEXIST') throw new CareenError('policy-exists', { file }, { cause: e });
    throw new CareenError('policy-unreadable', { file, why }, { cause: e });
  }
  return { file };
}

async function policyOf(
  file: string,
): Promise<{ policy: Policy; stoodIn: StoodIn[]; text: string }> {
  const { text } = await readPolicyFile(file);
  const read = parsePolicy(text);
  if ('problems' in read)
    throw new CareenError('policy-invalid', { file, problems: read.problems });
  return { ...read, text };
}
