import type { Millis } from '../facts.js';
import { lintsOf } from '../policy/lint.js';
import type { Policy } from '../policy/types.js';
import { ruleCounts } from '../verdict/rule-counts.js';
import { moreBy } from './more-by.js';
import type { Suggester } from './types.js';

/** The keep rule without which most could go. */
export const costlyKeep: Suggester = {
  id: 'costly-keep',
  find(ground) {
    const { policy, judged, now } = ground;
    if (policy === null) return [];
    const told = keepingAll(policy, now);
    const [costliest] = ruleCounts(policy, judged)
      .filter(({ kind, rule, images }) => kind === 'keep' && images > 0 && !told.has(rule))
      .sort((a, b) => b.bytes - a.bytes);
    if (costliest === undefined) return [];
    const { rule, subject: about } = costliest;
    const keep = policy.keep.filter(({ id }) => id !== rule);
    const { images, bytes } = moreBy({ ...policy, keep }, ground);
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
