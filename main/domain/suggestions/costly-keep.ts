import { ruleCounts } from '../verdict/rule-counts.js';
import { moreBy } from './more-by.js';
import type { Suggester } from './types.js';

/** The keep rule without which most could go. */
export const costlyKeep: Suggester = {
  id: 'costly-keep',
  find(ground) {
    const { policy, judged } = ground;
    if (policy === null) return [];
    const [costliest] = ruleCounts(policy, judged)
      .filter(({ kind, images }) => kind === 'keep' && images > 0)
      .sort((a, b) => b.bytes - a.bytes);
    if (costliest === undefined) return [];
    const { rule } = costliest;
    const keep = policy.keep.filter(({ id }) => id !== rule);
    const { images, bytes } = moreBy({ ...policy, keep }, ground);
    if (bytes.max <= ground.thresholds.bytes) return [];
    return [
      {
        subject: rule,
        evidence: { id: 'costly-keep', rule, images: images.length },
        bytes,
        action: { kind: 'policy', edit: { edit: 'remove-rule', list: 'keep', id: rule } },
      },
    ];
  },
};
