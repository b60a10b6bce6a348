import { parsePolicy } from '../parse.js';
import { listOf, withEntry, withoutEntry } from './entries.js';
import { flowText, isMapping, same, type Plain } from './text.js';
import { setValue } from './value.js';

/** A rule as a policy file writes it. */
export type WrittenRule = { [key: string]: Plain };

/**
 * Adds a rule at the end of a list, or writes the one of the same id anew in its place; everything
 * else in the text stays as it is. Gives the same text back when a rule says exactly so already. The
 * text must be a valid policy; whether the result is one is the caller's question.
 */
export function addRule(text: string, list: 'keep' | 'remove', rule: WrittenRule): string {
  const rules = listOf(text, [list]);
  if (rules.some((one) => same(one, rule))) return text;
  const place = rules.findIndex(
    (one) => isMapping(one) && rule['id'] !== undefined && one['id'] === rule['id'],
  );
  if (place >= 0) return setValue(text, [list, place], rule);
  return withEntry(text, list, rule, flowText(rule));
}

/**
 * Takes the rule of an id, or of a place such as `keep[0]`, out of a list. Gives the same text back
 * when there is none.
 */
export function removeRule(text: string, list: 'keep' | 'remove', id: string): string {
  const parsed = parsePolicy(text);
  const rules = 'policy' in parsed ? parsed.policy[list] : [];
  const place = rules.findIndex((rule) => rule.id === id);
  return place < 0 ? text : withoutEntry(text, [list], place);
}
