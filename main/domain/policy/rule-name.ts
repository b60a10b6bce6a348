import { isByNamesAlone, isOneImage } from './match.js';
import type { KeepRule, ProtectRule, RemoveRule, Selector } from './types.js';
import { writeSize } from './units.js';

/** What a rule without an ID selects, by which a person knows it. */
export interface RuleSubject {
  /** `toggle`: the names and the ID of one image, as the toggle writes them (JUDGING §4.2). */
  by: 'toggle' | 'name' | 'label' | 'project' | 'platform' | 'origin' | 'size' | 'untagged' | 'all';
  /** As the policy writes it; none for `toggle`, `untagged` and `all`. */
  of: string[];
}

/** A rule's ID, or its place in the policy, and then what it selects. */
export interface RuleName {
  rule: string;
  /** Absent where the rule has an ID. */
  subject?: RuleSubject | undefined;
}

/** Whether a rule has no ID and is named by its place (JUDGING §3); an ID has no brackets. */
export const isPlace = (rule: string): boolean => rule.endsWith(']');

/** What a rule without an ID is called by: what tells most of what it selects. Undefined where it has one. */
export function subjectOf(
  rule: ProtectRule | KeepRule | RemoveRule,
  isProtecting = false,
): RuleSubject | undefined {
  if (!isPlace(rule.id)) return undefined;
  const { match } = rule;
  if (isProtecting && match !== null && isByNamesAlone(rule) && isOneImage(match))
    return { by: 'toggle', of: [] };
  return selected(rule);
}

function selected(rule: Selector): RuleSubject {
  const { match, labels, project, platform, origin, largerThan, untagged } = rule;
  if (match !== null && !match.includes('**')) return { by: 'name', of: match };
  if (labels !== null)
    return {
      by: 'label',
      of: Object.entries(labels).map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
    };
  if (project !== null) return { by: 'project', of: project };
  if (untagged === true) return { by: 'untagged', of: [] };
  if (platform !== null) return { by: 'platform', of: platform };
  if (origin !== null) return { by: 'origin', of: origin };
  if (largerThan !== null) return { by: 'size', of: [writeSize(largerThan)] };
  return { by: 'all', of: [] };
}
