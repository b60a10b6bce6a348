import type { Inventory, Millis } from '../facts.js';
import { LayerIndex } from '../layers.js';
import type { JudgedImage, Reason } from '../verdict/types.js';
import { groupsOf } from './groups.js';
import type { Plan, PlanItem } from './types.js';

/** A plan without its ID: a service hashes `planText` and adds it. */
export type PlanDraft = Omit<Plan, 'planId'>;

/**
 * Makes the plan of a judged inventory (JUDGING §5): every image that goes, leaf first, with what
 * must go before it. It is closed: a base of anything that stays is held, so it is no item.
 */
export function makePlan(
  judged: readonly JudgedImage[],
  inventory: Inventory,
  takenAt: Millis,
  index: LayerIndex = new LayerIndex(inventory),
): PlanDraft {
  const going = new Map(judged.flatMap((one) => (one.verdict === 'remove' ? [[one.id, one]] : [])));
  const groups = groupsOf(judged, inventory);
  const all = index.select();
  const ticked = new Set<string>();
  const items = leafFirst(going).map((one): PlanItem => {
    const group = groups.get(one.id) ?? null;
    const after = one.baseOf.filter((id) => going.has(id));
    if (group === null && after.every((id) => ticked.has(id))) ticked.add(one.id);
    return {
      kind: 'image',
      id: one.id,
      refs: one.refs,
      reclaimable: all.add(one.id),
      reason: one.decidedBy,
      recoverable: one.facts.recoverable,
      ticked: group === null,
      group,
      after,
      belongsTo: null,
    };
  });
  const { endpoint, id, store } = inventory.engine;
  return {
    takenAt,
    engine: { endpoint, id, store },
    items,
    kept: countKept(judged),
    reclaimable: index.of(ticked),
    reclaimableAll: all.total(),
    free: null,
  };
}

/**
 * What a plan's ID is the hash of: the engine, the policy's text and exactly what would go; never
 * bytes or times (JUDGING §5).
 */
export function planText(plan: PlanDraft, policyText: string): string {
  const items = plan.items
    .map(({ kind, id, refs }) => [kind, id, [...refs].sort()] as const)
    .sort(([kindA, idA], [kindB, idB]) => compare(kindA, kindB) || compare(idA, idB));
  const { endpoint, id, store } = plan.engine;
  return JSON.stringify({ engine: [endpoint, id, store], policy: policyText, items });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Longest unused first, but never a base before what is built on it. */
function leafFirst(going: ReadonlyMap<string, JudgedImage>): JudgedImage[] {
  const lastSign = ({ facts }: JudgedImage) =>
    Math.max(facts.used?.at ?? 0, facts.arrived?.at ?? 0, facts.lastTagged ?? 0, 0);
  const oldest = [...going.values()]
    .map((one) => ({ one, at: lastSign(one) }))
    .sort((a, b) => a.at - b.at || compare(a.one.id, b.one.id));
  const ordered = new Set<JudgedImage>();
  const entered = new Set<JudgedImage>();
  for (const { one } of oldest) {
    const open = [one];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      if (!entered.has(at)) {
        entered.add(at);
        for (const id of at.baseOf) {
          const other = going.get(id);
          if (other !== undefined && !entered.has(other)) open.push(other);
        }
        if (open.at(-1) !== at) continue;
      }
      ordered.add(at);
      open.pop();
    }
  }
  return [...ordered];
}

const kinds: Reason['kind'][] = ['hold', 'protect', 'grace', 'keep', 'default'];

function countKept(judged: readonly JudgedImage[]): Plan['kept'] {
  const counts = new Map<Reason['kind'], number>();
  for (const { verdict, decidedBy } of judged)
    if (verdict === 'keep') counts.set(decidedBy.kind, (counts.get(decidedBy.kind) ?? 0) + 1);
  return kinds.flatMap((kind) => {
    const images = counts.get(kind) ?? 0;
    return images === 0 ? [] : [{ kind, images }];
  });
}
