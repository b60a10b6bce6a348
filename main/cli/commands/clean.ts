import { exit } from '../../contract/exit.js';
import { CareenError } from '../../domain/errors.js';
import { isHarmless, isSure } from '../../domain/plan/lost.js';
import type { Plan } from '../../domain/plan/types.js';
import { thingsOf } from '../../messages/index.js';
import { confirm, exitOf, underWay } from '../acts.js';
import { english, say, type Context, type Output } from '../context.js';
import { planOf } from '../documents.js';
import { itemsOf, kindsOf, readPolicyFile, sizeOf } from '../input.js';
import { naming, planLines } from '../lines.js';
import { cleanOf, nothingCleaned } from '../run-documents.js';
import { cleanLines } from '../run-lines.js';

/** What a plan is made by. */
export interface PlanOptions {
  policy?: string;
  /** A size: only as much as is needed to free so much. */
  free?: string;
  kind: string[];
}

/** Milliseconds that registries have to say what can be had again: a plan is printed once. */
const verifyWithin = 5_000;

export interface CleanOptions extends PlanOptions {
  plan?: string;
  except: string[];
  also: string[];
  yes?: boolean;
}

/** `careen plan`; nothing is changed. */
export async function plan(context: Context, options: PlanOptions): Promise<Output<'plan'>> {
  const { m } = context;
  const made = await make(context, options);
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
        ticked.length === 0 ? null : m.cli.plan.total(thingsOf(ticked), made.reclaimable),
      ),
      ...(made.items.length > 0 ? [m.cli.plan.run(made.planId)] : []),
    ],
    exit: exit.done,
  };
}

/** `careen clean`: shows the plan, asks unless told yes beforehand, and runs it. */
export async function clean(context: Context, options: CleanOptions): Promise<Output<'clean'>> {
  const { m } = context;
  const made = await planFor(context, options);
  const session = await context.session();
  const choice = {
    planId: made.planId,
    except: itemsOf(made, '--except', options.except),
    also: itemsOf(made, '--also', options.also),
  };
  const { chosen, reclaimable } = await session.call('plan.preview', choice);
  const items = made.items.filter((item) => chosen.includes(item.id));
  const total = items.length === 0 ? null : m.cli.plan.total(thingsOf(items), reclaimable);
  if (!options.yes || !context.json)
    for (const line of planLines(m, made, items, total)) say(context, line);
  if (items.length === 0) return { document: nothingCleaned(made), lines: [], exit: exit.done };
  if (!options.yes) {
    const lost = items.filter((item) => !isHarmless(item));
    if (lost.length > 0) say(context, m.cli.lost(thingsOf(lost), isSure(lost)));
    await confirm(context, 'clean', m.cli.confirm(thingsOf(items), reclaimable));
  }
  const run = await underWay(context, session, (token) =>
    session.call('plan.run', { ...choice, token }),
  );
  return { document: cleanOf(run), lines: ['', ...cleanLines(m, run)], exit: exitOf(run) };
}

/** The plan that was named, or one made now. A plan made before takes nothing else to be made by. */
async function planFor(context: Context, options: CleanOptions): Promise<Plan> {
  const { plan: planId, policy, free, kind } = options;
  if (planId === undefined) return make(context, options);
  const refuse = (what: string, found: string, expected: string) =>
    new CareenError('input-invalid', { what, found, expected });
  if (policy !== undefined) throw refuse('--policy', policy, 'plan-or-policy');
  if (free !== undefined) throw refuse('--free', free, 'plan-made');
  if (kind.length > 0) throw refuse('--kind', kind.join(', '), 'plan-made');
  return (await context.session()).call('plan.get', { planId });
}

async function make({ session }: Context, options: PlanOptions): Promise<Plan> {
  const policy = options.policy === undefined ? null : await readPolicyFile(options.policy);
  const free = options.free === undefined ? null : sizeOf('--free', options.free);
  const kinds = kindsOf(options.kind);
  return (await session()).call('plan.make', { policy, free, kinds, verifyWithin });
}
