import { z } from 'zod';
import { evidence, openedSuggestion, suggestionRow } from '../suggestions.js';
import { isoTime } from './common.js';
import { planDocument } from './plan.js';

/**
 * One suggestion. Its evidence in sentences; the values that they were made from stand beside it,
 * without times that a sentence tells.
 */
const suggestionDocument = suggestionRow.omit({ evidence: true }).extend({
  id: z.enum(evidence.options.map(({ shape }) => shape.id.value)),
  title: z.string(),
  why: z.string(),
});

/** What `careen suggest --json` prints. */
export const suggestDocument = z.object({
  /** What matters most first. */
  suggestions: z.array(suggestionDocument),
  /** How many of those that apply were dismissed. */
  dismissed: z.number().int(),
  at: isoTime.nullable(),
  measuredAt: isoTime.nullable(),
});
export type SuggestDocument = z.input<typeof suggestDocument>;

const [, byPolicy] = openedSuggestion.options;

/** What `careen suggest KEY --json` prints: one of the three is set. */
export const suggestionOpenedDocument = z.object({
  key: z.string(),
  plan: planDocument.nullable(),
  policy: byPolicy.omit({ kind: true }).nullable(),
  advice: z.object({ text: z.string(), copy: z.array(z.string()) }).nullable(),
});
export type SuggestionOpenedDocument = z.input<typeof suggestionOpenedDocument>;
