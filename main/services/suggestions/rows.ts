import type { SuggestionRow } from '../../contract/suggestions.js';
import type { Suggestion } from '../../domain/suggestions/types.js';

/** A suggestion as it is listed: flat, and what it would do by its kind alone. */
export function rowOf(suggestion: Suggestion): SuggestionRow {
  const { key, evidence, bytes, safety, urgent, items, action } = suggestion;
  return { key, evidence, bytes, safety, urgent, items, act: action.kind };
}
