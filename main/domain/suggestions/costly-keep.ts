import type { Millis } from '../facts.js';
import { lintsOf } from '../policy/lint.js';
import { subjectOf } from '../policy/rule-name.js';
import type { Policy } from '../policy/types.js';
import type { JudgedImage } from '../verdict/types.js';
import { moreByInSteps } from './more-by.js';
import type { Suggester } from './types.js';

/** The keep rule without which most could go. */
export const costlyKeep: Suggester = {
  id: 'costly-keep',
  *find(ground) {
    const { policy, judged, now } = ground;
    if (policy === null) return [];
    const told = keepingAll(policy, now);
    const sizes = sizesByKeep(judged);
    const [costliest] = policy.keep
      .filter(({ id }) => sizes.has(id) && !told.has(id))
      .sort((a, b) => (sizes.get(b.id) ?? 0) - (sizes.get(a.id) ?? 0));
    if (costliest === undefined) return [];
    const { id: rule } = costliest;
    const about = subjectOf(costliest, false);
    const keep = policy.keep.filter(({ id }) => id !== rule);
    const { images, bytes } = yield* moreByInSteps({ ...policy, keep }, ground);
    if (bytes.max <= ground.thresholds.bytes) return [];
    return [
      {
        subject: rule,
        evidence: { id: 'costly-keep', rule, subject: about, images: images.length },
        bytes,
        action: {
          kind: 'policy',
          edit: { edit: 'remove-rule', list: 'keep', id: rule, subject: about },
        },
      },
    ];
  },
};

/** What each keep rule keeps, by its name: the sum of sizes, in which shared layers count for each image. */
function sizesByKeep(judged: readonly JudgedImage[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { decidedBy, facts } of judged)
    if ('rule' in decidedBy && decidedBy.kind === 'keep')
      sizes.set(decidedBy.rule, (sizes.get(decidedBy.rule) ?? 0) + facts.size);
  return sizes;
}

/** Rules that `policy-rule` tells to take out, since they keep everything. */
function keepingAll(policy: Policy, now: Millis): ReadonlySet<string> {
  return new Set(
    lintsOf(policy, now).flatMap(({ code, at: [list, place] }) =>
      code === 'keeps-everything' && list === 'keep' && typeof place === 'number'
        ? (policy.keep[place]?.id ?? [])
        : [],
    ),
  );
}
