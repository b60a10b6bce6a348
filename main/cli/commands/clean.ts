import { randomUUID } from 'node:crypto';
import { exit } from '../../contract/exit.js';
import type { CleanRun } from '../../contract/runs.js';
import { CareenError, toCareenError } from '../../domain/errors.js';
import type { Plan } from '../../domain/plan/types.js';
import { english, say, type Context, type Output } from '../context.js';
import { cleanOf, nothingCleaned, planOf } from '../documents.js';
import { itemsOf, readPolicyFile } from '../input.js';
import { cleanLines, naming, planLines } from '../lines.js';
import { progressTo } from '../progress.js';
import type { Session } from '../session.js';

export interface CleanOptions {
  plan?: string;
  policy?: string;
  except: string[];
  also: string[];
  yes?: boolean;
}

const policyGiven = async (file: string | undefined) =>
  file === undefined ? null : readPolicyFile(file);

/** `careen plan`; nothing is changed. */
export async function plan(
  { session, m }: Context,
  options: { policy?: string },
): Promise<Output<'plan'>> {
  const policy = await policyGiven(options.policy);
  const made = await (await session()).call('plan.make', { policy });
  const ticked = made.items.filter((item) => item.ticked);
  return {
    document: planOf(made, naming(english, made.items)),
    lines: [
      m.cli.plan.head(made.planId),
      '',
      ...planLines(
        m,
        made,
        ticked,
        ticked.length === 0 ? null : m.cli.plan.total(ticked.length, made.reclaimable),
      ),
      ...(made.items.length > 0 ? [m.cli.plan.run(made.planId)] : []),
    ],
    exit: exit.done,
  };
}

/** `careen clean`: shows the plan, asks unless told yes beforehand, and runs it. */
export async function clean(context: Context, options: CleanOptions): Promise<Output<'clean'>> {
  const { m, terminal } = context;
  if (options.plan !== undefined && options.policy !== undefined)
    throw new CareenError('input-invalid', {
      what: '--policy',
      found: options.policy,
      expected: 'plan-or-policy',
    });
  const policy = await policyGiven(options.policy);
  const session = await context.session();
  const made = await planFor(session, options.plan, policy);
  const choice = {
    planId: made.planId,
    except: itemsOf(made, '--except', options.except),
    also: itemsOf(made, '--also', options.also),
  };
  const { chosen, reclaimable } = await session.call('plan.preview', choice);
  const items = made.items.filter((item) => chosen.includes(item.id));
  const total = items.length === 0 ? null : m.cli.plan.total(items.length, reclaimable);
  if (!options.yes || !context.json)
    for (const line of planLines(m, made, items, total)) say(context, line);
  if (items.length === 0) return { document: nothingCleaned(made), lines: [], exit: exit.done };
  if (!options.yes) await confirm(context, m.cli.confirm(items.length, reclaimable));
  const stop = session.onRun(progressTo(terminal, m));
  try {
    const run = await runPlan(context, session, choice);
    return { document: cleanOf(run), lines: ['', ...cleanLines(m, run)], exit: exitOf(run) };
  } finally {
    stop();
  }
}

async function planFor(
  session: Session,
  planId: string | undefined,
  policy: { file: string; text: string } | null,
): Promise<Plan> {
  return planId === undefined
    ? session.call('plan.make', { policy })
    : session.call('plan.get', { planId });
}

async function confirm({ m, terminal, interrupted }: Context, question: string): Promise<void> {
  const answer = terminal.interactive ? await terminal.ask(question, interrupted) : null;
  if (interrupted.aborted) throw new CareenError('run-cancelled', {});
  if (answer === null || !m.cli.yes.includes(answer.trim().toLowerCase()))
    throw new CareenError('not-confirmed', { act: 'clean' });
}

/** Runs a plan; an interrupt ends it after the image at work, or at once while it waits its turn. */
async function runPlan(
  context: Context,
  session: Session,
  choice: { planId: string; except: string[]; also: string[] },
): Promise<CleanRun> {
  const token = randomUUID();
  let wanted = false;
  const cancel = () => {
    const note = (e: unknown) => context.terminal.note(context.m.error(toCareenError(e)));
    session.call('run.cancel', { runId: token }).catch(note);
  };
  // Before it is queued there is nothing to cancel yet: asked again until it is heard.
  const stop = session.onRun(({ current }) => {
    const heard = current?.token === token && current.cancelling;
    if (wanted && !heard) cancel();
  });
  context.onInterrupt(() => {
    wanted = true;
    context.terminal.note(context.m.cli.cancelling);
    cancel();
  });
  try {
    return await session.call('plan.run', { ...choice, token });
  } finally {
    stop();
    context.onInterrupt(null);
  }
}

function exitOf(run: CleanRun): number {
  if (run.outcome === 'cancelled') return exit.cancelled;
  return run.outcome === 'done' && run.failed.length === 0 ? exit.done : exit.failed;
}
