import type { Inventory, Millis } from '../facts.js';
import { ownerNeeds } from '../owners/needs.js';
import type { Mode, Policy } from '../policy/types.js';
import { answerLife } from '../recoverable.js';
import type { JudgedImage } from '../verdict/types.js';
import type { PlanItem } from './types.js';

const strictness: Record<Mode, number> = { auto: 0, confirm: 1, suggest: 2 };

/**
 * The policy as a trigger of this mode goes by it: without the remove rules that have a stricter
 * mode of their own (JUDGING §3, Mode).
 */
export function policyIn(mode: Mode, policy: Policy): Policy {
  const allows = (own: Mode | null) => own === null || strictness[own] <= strictness[mode];
  return { ...policy, remove: policy.remove.filter((rule) => allows(rule.mode)) };
}

/**
 * IDs of a plan's items that a run by itself leaves out. It takes networks that were seen in use, build cache, images
 * that the registry said within a day that it has, and untagged local builds that nothing is built
 * on; never an estimate, nor what a project that stands used last; where containers may be hidden,
 * of images those builds alone (JUDGING §2, §5; OWNERS §5).
 *
 * @param judged verdicts that count observed days, by a policy as `policyIn` gives it
 */
export function leftOutByAuto(
  items: readonly PlanItem[],
  judged: readonly JudgedImage[],
  inventory: Inventory,
  now: Millis,
): string[] {
  const byId = new Map(judged.map((one) => [one.id, one]));
  const needs = ownerNeeds(inventory, now).images;
  const { networks, useIncomplete } = inventory;
  // One that was never seen in use may be what a project that is down calls external.
  const lastUsed = new Set(networks.flatMap((n) => (n.lastUsed === null ? [] : [n.id])));
  // An image whose layers are not known may be built on any other.
  const isBaseKnown = judged.every(({ facts }) => facts.layers !== null);
  const isTaken = ({ kind, id }: PlanItem): boolean => {
    if (kind === 'buildCache') return true;
    if (kind === 'network') return useIncomplete === null && lastUsed.has(id);
    if (!isBaseKnown) return false;
    const image = kind === 'image' ? byId.get(id) : undefined;
    if (image?.verdict !== 'remove' || image.estimate || needs.has(id)) return false;
    return isByProduct(image) || isVerified(image, inventory, now);
  };
  return items.filter((item) => !isTaken(item)).map(({ id }) => id);
}

/** Seen to be built: of one whose origin is not known this could be the only copy. */
function isByProduct({ facts: { origin, refs, digests }, baseOf }: JudgedImage): boolean {
  return origin === 'built' && refs.length + digests.length + baseOf.length === 0;
}

function isVerified(
  { facts: { recoverable, origin, refs, digests } }: JudgedImage,
  { useIncomplete }: Inventory,
  now: Millis,
): boolean {
  if (useIncomplete !== null || recoverable.state !== 'verified') return false;
  // Without a name it is either a build or what a pull superseded: its age depends on which.
  if (origin === 'unknown' && refs.length + digests.length === 0) return false;
  const since = now - recoverable.at;
  return since >= 0 && since < answerLife;
}
