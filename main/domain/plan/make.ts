import type { Inventory, Millis } from '../facts.js';
import { LayerIndex } from '../layers.js';
import { ownerNeeds } from '../owners/needs.js';
import type { Bytes } from '../policy/types.js';
import { atOnce, type Steps } from '../steps.js';
import { unitOf } from '../verdict/others/decide.js';
import type { JudgedImage, JudgedOther, Reason } from '../verdict/types.js';
import { planToFree } from './free.js';
import { compare, goingIn, leafFirst } from './order.js';
import { otherItems } from './others.js';
import { sumOf } from './sum.js';
import type { ItemKind, Plan, PlanItem } from './types.js';
import { groupOf, unticksOf } from './untick.js';

/** A plan without its ID: a service hashes `planText` and adds it. */
export type PlanDraft = Omit<Plan, 'planId'>;

export interface PlanOptions {
  /** What is judged beside images. */
  others?: readonly JudgedOther[];
  /** Only these kinds; null is all. */
  kinds?: readonly ItemKind[] | null;
  /** Only as much as is needed to free so much; null is all that may go. */
  free?: Bytes | null;
  index?: LayerIndex;
}

/**
 * Makes the plan of a judged inventory (JUDGING §5) in the order of running: containers first, then
 * networks and volumes, images leaf first with what must go before each, and the build cache once
 * no image holds it any more. It is closed: a base of anything that stays is held, so it is no item.
 */
export function makePlan(
  judged: readonly JudgedImage[],
  inventory: Inventory,
  takenAt: Millis,
  options: PlanOptions = {},
): PlanDraft {
  return atOnce(makePlanInSteps(judged, inventory, takenAt, options));
}

/** As `makePlan`, in steps. */
export function* makePlanInSteps(
  judged: readonly JudgedImage[],
  inventory: Inventory,
  takenAt: Millis,
  options: PlanOptions,
): Steps<PlanDraft> {
  const { others = [], kinds = null, free = null, index = new LayerIndex(inventory) } = options;
  const isWanted = ({ kind }: PlanItem) => kinds === null || kinds.includes(kind);
  const { before, after } = otherItems(others);
  const images = kinds === null || kinds.includes('image');
  const items = [
    ...before.filter(isWanted),
    ...(images ? yield* imageItems(judged, inventory, takenAt, index) : []),
    ...after.filter(isWanted),
  ];
  const { endpoint, id, store } = inventory.engine;
  const whole: PlanDraft = {
    takenAt,
    engine: { endpoint, id, store },
    items,
    kept: countKept(judged),
    ...totals(items, index),
    free: null,
    named: [],
  };
  return free === null ? whole : cutPlan(whole, free, index);
}

/**
 * A plan cut down to what frees so much; see `planToFree`.
 *
 * @param whole one of all that may go
 * @param index of the inventory that it was made of
 */
export function cutPlan(whole: PlanDraft, free: Bytes, index: LayerIndex): PlanDraft {
  const cut = planToFree(whole.items, free, index);
  return { ...whole, ...cut, ...totals(cut.items, index) };
}

function* imageItems(
  judged: readonly JudgedImage[],
  inventory: Inventory,
  now: Millis,
  index: LayerIndex,
): Steps<PlanItem[]> {
  const going = goingIn(judged);
  const needs = ownerNeeds(inventory, now).images;
  const unticks = unticksOf(judged, inventory, needs, index);
  yield;
  const ordered = leafFirst(going);
  yield;
  const all = index.select();
  const items = ordered.map((one): PlanItem => {
    const untick = unticks.get(one.id) ?? null;
    const need = needs.get(one.id);
    return {
      kind: 'image',
      id: one.id,
      refs: one.refs,
      reclaimable: all.add(one.id),
      reason: one.decidedBy,
      recoverable: one.facts.recoverable,
      ticked: untick === null,
      untick,
      group: untick && groupOf(untick),
      after: one.baseOf.filter((id) => going.has(id)),
      belongsTo: need === undefined ? null : unitOf(need),
    };
  });
  yield;
  return items;
}

/** What items free: those that go by themselves, and all that a tick can take. */
function totals(
  items: readonly PlanItem[],
  index: LayerIndex,
): Pick<Plan, 'reclaimable' | 'reclaimableAll'> {
  const ticked = new Set<string>();
  for (const { id, ticked: own, after } of items)
    if (own && after.every((other) => ticked.has(other))) ticked.add(id);
  const total = (chosen: readonly PlanItem[]) =>
    sumOf([
      index.of(chosen.filter(({ kind }) => kind === 'image').map(({ id }) => id)),
      ...chosen.filter(({ kind }) => kind !== 'image').map(({ reclaimable }) => reclaimable),
    ]);
  return {
    reclaimable: total(items.filter(({ id }) => ticked.has(id))),
    reclaimableAll: total(items.filter(({ kind }) => kind !== 'volume')),
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
  // A run goes by what was named too: the same items by rules alone are another plan.
  const named = plan.named.length > 0 ? { named: plan.named } : {};
  return JSON.stringify({ engine: [endpoint, id, store], policy: policyText, items, ...named });
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
