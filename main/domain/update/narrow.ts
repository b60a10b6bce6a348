import type { Tags } from '../policy/types.js';

const levels = ['same', 'patch', 'minor', 'major'] as const;

/** The tags that both of two rules allow: a label narrows what the policy allows, and never widens it. */
export function narrowTags(allowed: Tags, asked: Tags): Tags {
  if (allowed.level === 'same' || asked.level === 'same') return { level: 'same' };
  if (asked.level === 'pattern')
    return { ...asked, within: asked.within ? narrowTags(allowed, asked.within) : allowed };
  if (allowed.level === 'pattern')
    return { ...allowed, within: allowed.within ? narrowTags(allowed.within, asked) : asked };
  return levels.indexOf(allowed.level) <= levels.indexOf(asked.level) ? allowed : asked;
}
