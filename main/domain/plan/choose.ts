import { CareenError } from '../errors.js';
import type { Inventory } from '../facts.js';
import { LayerIndex } from '../layers.js';
import type { Reclaimable } from '../verdict/types.js';
import { Freed } from './freed.js';
import type { ItemGroup, Plan } from './types.js';

/** What a person takes out of a plan and takes in. */
export interface Choice {
  /** Items' IDs. */
  except: readonly string[];
  /** Items' IDs or names of groups. A volume is taken by its ID alone. */
  also: readonly string[];
}

/** What a plan ticks, as it is. */
export const asTicked: Choice = { except: [], also: [] };

/** What of a plan would run. */
export interface Chosen {
  /** Items' IDs in the order of running. */
  order: string[];
  /** What they free together. */
  reclaimable: Reclaimable;
  /** What each frees on top of those before it. */
  each: Record<string, Reclaimable>;
}

const groups: readonly ItemGroup[] = ['unrecoverable', 'estimates'];

/** The items of a plan that run, as of `chosenOf`, and what they free. */
export function choose(
  plan: Pick<Plan, 'items'>,
  inventory: Inventory,
  choice: Choice,
  index: LayerIndex = new LayerIndex(inventory),
): Chosen {
  const chosen = chosenOf(plan, choice);
  const each: Record<string, Reclaimable> = {};
  const freed = new Freed(index);
  for (const item of plan.items) if (chosen.has(item.id)) each[item.id] = freed.add(item);
  return { order: [...chosen], reclaimable: freed.total(), each };
}

/**
 * The items of a plan that run, by ID in the order of running: the ticked ones and those taken in,
 * without those taken out. It stays closed: a base of an item that is not chosen drops out (JUDGING
 * §5). What is taken out beats what is taken in. Throws CareenError 'input-invalid' for what is not in
 * the plan.
 */
export function chosenOf(plan: Pick<Plan, 'items'>, { except, also }: Choice): ReadonlySet<string> {
  const inPlan = new Set(plan.items.map(({ id }) => id));
  for (const id of except) if (!inPlan.has(id)) throw unknown('except', id);
  for (const name of also)
    if (!inPlan.has(name) && !groups.some((group) => group === name)) throw unknown('also', name);
  const out = new Set(except);
  const extra = new Set(also);
  const chosen = new Set<string>();
  // Leaf first: what an item waits for is decided before it.
  for (const { id, ticked, group, after } of plan.items) {
    const wanted = ticked || extra.has(id) || (group !== null && extra.has(group));
    if (!wanted || out.has(id) || !after.every((other) => chosen.has(other))) continue;
    chosen.add(id);
  }
  return chosen;
}

function unknown(what: 'except' | 'also', found: string) {
  return new CareenError('input-invalid', { what, found, expected: 'plan-item' });
}
