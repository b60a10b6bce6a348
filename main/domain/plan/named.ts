import type { ContainerFacts, Inventory } from '../facts.js';
import { LayerIndex } from '../layers.js';
import type { Policy } from '../policy/types.js';
import { atOnce, type Steps } from '../steps.js';
import { judgeInSteps, type JudgeOptions } from '../verdict/judge.js';
import { judgeOthers } from '../verdict/others/index.js';
import type { JudgedImage, JudgedOther } from '../verdict/types.js';
import { makePlanInSteps, type PlanDraft } from './make.js';
import { narrowPlan } from './narrow.js';
import type { PlanItem } from './types.js';

interface Named {
  judged: JudgedImage[];
  others: JudgedOther[];
}

/**
 * Verdicts where a person named things. What containers use which are named and go is judged as it
 * will be without them; whether they are gone is asked of the engine before its turn.
 */
export function judgeNamed(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions,
  index: LayerIndex = new LayerIndex(inventory),
): Named {
  return atOnce(judgeNamedInSteps(inventory, policy, options, index));
}

function* judgeNamedInSteps(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions,
  index: LayerIndex,
): Steps<Named> {
  const others = judgeOthers(inventory, policy, options);
  yield;
  const going = goingContainers(inventory, others, options.named);
  if (going.length === 0)
    return { judged: yield* judgeInSteps(inventory, policy, options, index), others };
  const less = without(inventory, going);
  const isContainer = ({ kind }: JudgedOther) => kind === 'container';
  return {
    judged: yield* judgeInSteps(less, policy, options, index),
    others: [
      ...others.filter(isContainer),
      ...judgeOthers(less, policy, options).filter((other) => !isContainer(other)),
    ],
  };
}

/**
 * A plan of what a person named, and of nothing else: whatever of it no hold, protection, grace or
 * keep rule keeps. Ticked, grouped and closed like any plan (JUDGING §5); what a container uses
 * waits for it.
 *
 * @param options.named items' IDs: an image's, container's or network's, `volume:NAME`, `build-cache`
 */
export function planOfNamed(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions & { named: ReadonlySet<string> },
  index: LayerIndex = new LayerIndex(inventory),
): PlanDraft {
  return atOnce(planOfNamedInSteps(inventory, policy, options, index));
}

/** As `planOfNamed`, in steps. */
export function* planOfNamedInSteps(
  inventory: Inventory,
  policy: Policy,
  options: JudgeOptions & { named: ReadonlySet<string> },
  index: LayerIndex,
): Steps<PlanDraft> {
  const { named, now } = options;
  const { judged, others } = yield* judgeNamedInSteps(inventory, policy, options, index);
  yield;
  const going = goingContainers(inventory, others, named);
  const plan = yield* makePlanInSteps(judged, inventory, now, { others, index });
  yield;
  const items = plan.items
    .filter(({ id }) => named.has(id))
    .map((item) => ({ ...item, after: [...usersOf(item, going), ...item.after] }));
  const narrow = narrowPlan({ ...plan, items }, inventory, named, index);
  return { ...narrow, named: narrow.items.map(({ id }) => id).sort() };
}

function goingContainers(
  { containers }: Inventory,
  others: readonly JudgedOther[],
  named: ReadonlySet<string> = new Set(),
): ContainerFacts[] {
  const going = new Set(
    others.flatMap(({ kind, id, verdict }) =>
      kind === 'container' && verdict === 'remove' && named.has(id) ? [id] : [],
    ),
  );
  return going.size === 0 ? [] : containers.filter(({ id }) => going.has(id));
}

/** IDs of those of the containers that an item of a plan is used by. */
function usersOf({ kind, id, refs }: PlanItem, containers: readonly ContainerFacts[]): string[] {
  const name = refs[0] ?? id;
  const uses = ({ imageId, networks, volumes }: ContainerFacts): boolean => {
    if (kind === 'image') return imageId === id;
    if (kind === 'network') return networks.includes(name);
    return kind === 'volume' && volumes.includes(name);
  };
  return containers.filter(uses).map((container) => container.id);
}

/** The inventory as it will be without these containers. */
function without(inventory: Inventory, going: readonly ContainerFacts[]): Inventory {
  const ids = new Set(going.map(({ id }) => id));
  const names = new Set(going.map(({ name }) => name));
  const unnamed = <T extends { usedBy: string[] | null }>(one: T): T =>
    one.usedBy?.some((name) => names.has(name))
      ? { ...one, usedBy: one.usedBy.filter((name) => !names.has(name)) }
      : one;
  return {
    ...inventory,
    containers: inventory.containers.filter(({ id }) => !ids.has(id)),
    images: inventory.images.map((image) =>
      image.usedBy?.some(({ id }) => ids.has(id))
        ? { ...image, usedBy: image.usedBy.filter(({ id }) => !ids.has(id)) }
        : image,
    ),
    networks: inventory.networks.map(unnamed),
    volumes: inventory.volumes.map(unnamed),
  };
}
