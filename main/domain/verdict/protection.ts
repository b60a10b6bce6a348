import type { Policy } from '../policy/types.js';
import type { JudgedImage } from './types.js';

/**
 * How an image is protected: by a rule that names this very image (the toggle's), or by a pattern
 * or label, which the toggle cannot take away (JUDGING §4.2).
 */
export function protectionOf(judged: JudgedImage, policy: Policy): 'toggle' | 'rule' | null {
  const reasons = [judged.decidedBy, ...judged.alsoMatched].filter((r) => r.kind === 'protect');
  if (reasons.length === 0) return null;
  const toggled = reasons.every((reason) => {
    const rule =
      reason.code === 'rule' ? policy.protect.find((p) => p.id === reason.rule) : undefined;
    return rule?.match?.includes(judged.id) ?? false;
  });
  return toggled ? 'toggle' : 'rule';
}
