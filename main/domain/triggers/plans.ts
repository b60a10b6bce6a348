import type { ImageFacts, Inventory, Millis } from '../facts.js';
import { LayerIndex } from '../layers.js';
import { leftOutByAuto, policyIn } from '../plan/auto.js';
import { planToFree } from '../plan/free.js';
import { makePlan, type PlanDraft } from '../plan/make.js';
import { narrowPlan } from '../plan/narrow.js';
import type { ItemKind } from '../plan/types.js';
import type { Mode, Policy } from '../policy/types.js';
import { repositoryOfName, splitReference } from '../reference.js';
import { judge, type JudgeOptions } from '../verdict/judge.js';
import { judgeOthers } from '../verdict/others/index.js';
import type { Cause, Scope } from './types.js';

interface Judged {
  draft: PlanDraft;
  index: LayerIndex;
  /** IDs of the items that the scope allows. */
  wanted: Set<string>;
  verdicts: ReturnType<typeof judge>;
}

/** A budget for images is kept by images, and an update leaves images behind. */
const kindsOf: Record<Cause, readonly ItemKind[] | null> = {
  schedule: null,
  pressure: null,
  'image-budget': ['image'],
  'after-update': ['image'],
};

function judged(
  inventory: Inventory,
  policy: Policy,
  cause: Cause,
  { repository }: Scope,
  options: JudgeOptions,
): Judged {
  const index = new LayerIndex(inventory);
  const verdicts = judge(inventory, policy, options, index);
  const others = judgeOthers(inventory, policy, options);
  const draft = makePlan(verdicts, inventory, options.now, {
    others,
    index,
    kinds: kindsOf[cause],
  });
  const own = repository === null ? null : imagesOf(repository, inventory);
  const ids = draft.items.map(({ id }) => id);
  return { draft, index, verdicts, wanted: new Set(own ? ids.filter((id) => own.has(id)) : ids) };
}

function cutTo(
  plan: PlanDraft,
  { free }: Scope,
  inventory: Inventory,
  index: LayerIndex,
): PlanDraft {
  if (free === null) return plan;
  const cut = planToFree(plan.items, free, index);
  const ids = new Set(cut.items.map(({ id }) => id));
  return { ...narrowPlan(plan, inventory, ids, index), free: cut.free };
}

/**
 * The plan that a trigger shows to a person: judged by calendar days and ticked as theirs, without
 * what only rules take that do no more than suggest.
 *
 * @param beyond with `auto`, only what a run by itself never takes because a rule wants it confirmed
 */
export function planToAsk(
  inventory: Inventory,
  policy: Policy,
  cause: Cause,
  scope: Scope,
  now: Millis,
  beyond: Mode | null = null,
): PlanDraft {
  const options = { now, ages: 'calendar' } as const;
  const asked = policyIn('confirm', policy);
  const { draft, index, wanted } = judged(inventory, asked, cause, scope, options);
  if (beyond !== null) {
    const without = judged(inventory, policyIn(beyond, policy), cause, scope, options);
    for (const id of without.wanted) wanted.delete(id);
  }
  return cutTo(narrowPlan(draft, inventory, wanted, index), scope, inventory, index);
}

/** The plan of a run by itself (JUDGING §2, §5): observed days, and only what `auto` may take. */
export function planByItself(
  inventory: Inventory,
  policy: Policy,
  cause: Cause,
  scope: Scope,
  now: Millis,
): PlanDraft {
  const options = { now, ages: 'observed' } as const;
  const found = judged(inventory, policyIn('auto', policy), cause, scope, options);
  const { draft, index, wanted } = found;
  for (const id of leftOutByAuto(draft.items, found.verdicts, inventory, now)) wanted.delete(id);
  const taken = narrowPlan(draft, inventory, wanted, index);
  const items = taken.items.map((item) => ({ ...item, ticked: true, untick: null, group: null }));
  const plan = { ...taken, items, reclaimable: taken.reclaimableAll };
  return cutTo(plan, scope, inventory, index);
}

/**
 * The inventory as it would be if registries had all that they may have: what comes out of a plan
 * beyond what is so, is worth asking them about.
 *
 * @param asked IDs of images about which they were asked already
 */
export function supposingRecoverable(
  inventory: Inventory,
  asked: ReadonlySet<string>,
  now: Millis,
): Inventory {
  const mayBe = ({ id, digests, recoverable: { state } }: ImageFacts) =>
    !asked.has(id) && digests.length > 0 && (state === 'likely' || state === 'unknown');
  const images = inventory.images.map((image): ImageFacts =>
    mayBe(image) ? { ...image, recoverable: { state: 'verified', at: now } } : image,
  );
  return { ...inventory, images };
}

/** IDs of the images that are of this repository, by its full name, and of no other. */
function imagesOf(repository: string, { images }: Inventory): Set<string> {
  const isOwn = ({ refs, digests, formerRefs }: ImageFacts) => {
    const names = [...refs, ...digests, ...formerRefs];
    return (
      names.length > 0 &&
      names.every((name) => repositoryOfName(splitReference(name).name) === repository)
    );
  };
  return new Set(images.filter(isOwn).map(({ id }) => id));
}
