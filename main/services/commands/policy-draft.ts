import type { PolicyTrial } from '../../contract/policy.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import type { LayerIndex } from '../../domain/layers.js';
import { changeBetween, type Outlook } from '../../domain/plan/outlook.js';
import { partCounts } from '../../domain/plan/part-counts.js';
import { nothing } from '../../domain/plan/sum.js';
import { readPolicy } from '../../domain/policy/read.js';
import type { Policy } from '../../domain/policy/types.js';
import { ruleCounts } from '../../domain/verdict/rule-counts.js';

/** Who can tell what another policy makes of what is known now. */
interface Judging {
  judgedBy(
    policy: Policy,
  ): Promise<{ before: Outlook & { index: LayerIndex }; after: Outlook } | null>;
}

const empty: PolicyTrial = {
  error: null,
  rules: [],
  parts: partCounts([]),
  more: [],
  less: [],
  moreOthers: [],
  lessOthers: [],
  moreBytes: nothing,
  lessBytes: nothing,
  canGo: nothing,
  canGoImages: 0,
  canGoOfImages: nothing,
  canGoAll: nothing,
  couldGoImages: 0,
};

/**
 * What a draft of the policy would make of what is known now, beside the policy in force; while no
 * engine is known its rules decide over nothing.
 *
 * @param file where it would be written, for its problems' sentences
 */
export async function tryDraft(judging: Judging, file: string, text: string): Promise<PolicyTrial> {
  try {
    const policy = readPolicy(file, text);
    const trial = await judging.judgedBy(policy);
    if (!trial) return { ...empty, rules: ruleCounts(policy, []) };
    const { before, after } = trial;
    const { plan, going, judged, imagesFree } = after;
    const images = plan.items.filter(({ kind }) => kind === 'image');
    const ticked = images.filter(({ id }) => going.has(id)).length;
    return {
      error: null,
      rules: ruleCounts(policy, judged),
      parts: partCounts(after.others),
      ...changeBetween(before, after, before.index),
      canGo: plan.reclaimable,
      canGoImages: ticked,
      canGoOfImages: imagesFree,
      canGoAll: plan.reclaimableAll,
      couldGoImages: images.length - ticked,
    };
  } catch (e) {
    if (e instanceof CareenError && e.code === 'policy-invalid')
      return { ...empty, error: toWire(e) };
    throw e;
  }
}
