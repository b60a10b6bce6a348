import type { Answer, CommandName, Params } from '../contract/commands.js';
import type { WireError } from '../contract/wire.js';
import type { Reclaimable } from '../domain/verdict/types.js';
import type { PlanItem } from '../domain/plan/types.js';

/** What a clean-up from the tray would take, for the one dialog that asks. */
export interface Goes {
  items: readonly Pick<PlanItem, 'kind' | 'id' | 'refs' | 'recoverable'>[];
  reclaimable: Reclaimable;
}

interface CleanNow {
  call: <N extends CommandName>(name: N, params: Params<N>) => Promise<Answer<N>>;
  /** Whether a person agrees to this. */
  agreed: (goes: Goes) => Promise<boolean>;
  /** Tells that nothing can go. */
  nothing: () => Promise<void>;
}

/** Milliseconds that registries have to say what can be had again, before a person is asked. */
const VERIFY_WITHIN_MS = 10_000;

/**
 * A clean-up from the tray: a plan of now, one question, its run. How that ended is told like the end
 * of any run; gives what it failed by, null where it did not. What a person would have to tick is
 * left to the window.
 */
export async function cleanNow({ call, agreed, nothing }: CleanNow): Promise<WireError | null> {
  const made = await call('plan.make', { policy: null, verifyWithin: VERIFY_WITHIN_MS });
  if (!made.ok) return made.error;
  const asTicked = { planId: made.result.planId, except: [], also: [] };
  const preview = await call('plan.preview', asTicked);
  if (!preview.ok) return preview.error;
  const going = new Set(preview.result.chosen);
  const items = made.result.items.filter(({ id }) => going.has(id));
  if (items.length === 0) {
    await nothing();
    return null;
  }
  if (!(await agreed({ items, reclaimable: preview.result.reclaimable }))) return null;
  const run = await call('plan.run', asTicked);
  return run.ok ? null : run.error;
}
