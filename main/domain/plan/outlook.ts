import type { Inventory, Millis } from '../facts.js';
import { LayerIndex } from '../layers.js';
import type { Policy } from '../policy/types.js';
import { judge } from '../verdict/judge.js';
import { judgeOthers } from '../verdict/others/index.js';
import type { JudgedImage, JudgedOther, Reclaimable } from '../verdict/types.js';
import { asTicked, choose } from './choose.js';
import { makePlan, type PlanDraft } from './make.js';
import { sumOf } from './sum.js';

/** What a policy makes of an inventory. */
export interface Outlook {
  judged: JudgedImage[];
  /** Containers, networks, volumes and the build cache. */
  others: JudgedOther[];
  /** What a plan made now would hold. */
  plan: PlanDraft;
  /** Items that would go by themselves: the ticked ones, bases of unticked ones left out. */
  going: ReadonlySet<string>;
  /** What the images of these free, without what else goes. */
  imagesFree: Reclaimable;
}

/** Judges everything by a policy, in calendar days, and plans by it. Grows as n log n. */
export function outlookOf(
  inventory: Inventory,
  rules: Policy,
  now: Millis,
  index: LayerIndex = new LayerIndex(inventory),
): Outlook {
  const options = { now, ages: 'calendar' } as const;
  const judged = judge(inventory, rules, options, index);
  const others = judgeOthers(inventory, rules, options);
  const plan = makePlan(judged, inventory, now, { others, index });
  const { order } = choose(plan, inventory, asTicked, index);
  const going = new Set(order);
  const goes = plan.items.filter(({ id }) => going.has(id));
  const images = goes.filter(({ kind }) => kind === 'image');
  const imagesFree =
    images.length === goes.length ? plan.reclaimable : index.of(images.map(({ id }) => id));
  return { judged, others, plan, going, imagesFree };
}

/** What is no image and goes by one of two policies. */
export type OtherGone = Pick<JudgedOther, 'kind' | 'id' | 'name' | 'reclaimable'>;

/** What one policy removes and another keeps. */
export interface OutlookChange {
  /** Images that only the later one removes, in the order of its plan. */
  more: {
    id: string;
    refs: string[];
    /** What it frees on top of what both remove and those before it. */
    reclaimable: Reclaimable;
    /** Whether it goes unless a person takes it out. */
    ticked: boolean;
  }[];
  /** Images that only the earlier one removes. */
  less: { id: string; refs: string[] }[];
  /** Containers, networks and build cache that only the later one removes, and only the earlier one. */
  moreOthers: OtherGone[];
  lessOthers: OtherGone[];
  moreBytes: Reclaimable;
  lessBytes: Reclaimable;
}

/** Compares what two policies make of the same inventory, by the verdicts on all that it holds. */
export function changeBetween(before: Outlook, after: Outlook, index: LayerIndex): OutlookChange {
  const removed = ({ judged }: Outlook) =>
    new Set(judged.flatMap(({ id, verdict }) => (verdict === 'remove' ? [id] : [])));
  const [earlier, later] = [removed(before), removed(after)];
  const images = ({ plan }: Outlook, without: ReadonlySet<string>) =>
    plan.items.filter(({ kind, id }) => kind === 'image' && !without.has(id));
  const onTopOfBoth = () => {
    const both = index.select();
    for (const id of earlier) if (later.has(id)) both.add(id);
    return both;
  };
  const withMore = onTopOfBoth();
  const more = images(after, earlier).map(({ id, refs }) => ({
    id,
    refs,
    reclaimable: withMore.add(id),
    ticked: after.going.has(id),
  }));
  const withLess = onTopOfBoth();
  const less = images(before, later);
  return {
    more,
    less: less.map(({ id, refs }) => ({ id, refs })),
    moreOthers: othersBeyond(after, before),
    lessOthers: othersBeyond(before, after),
    moreBytes: sumOf(more.map(({ reclaimable }) => reclaimable)),
    lessBytes: sumOf(less.map(({ id }) => withLess.add(id))),
  };
}

/** What is no image and goes by the one outlook alone. */
function othersBeyond({ others }: Outlook, other: Outlook): OtherGone[] {
  const goes = ({ verdict }: JudgedOther) => verdict === 'remove';
  const there = new Set(other.others.filter(goes).map(({ id }) => id));
  return others
    .filter((one) => goes(one) && !there.has(one.id))
    .map(({ kind, id, name, reclaimable }) => ({ kind, id, name, reclaimable }));
}
