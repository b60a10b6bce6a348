import { z } from 'zod';
import type { Evidence, PolicyEdit } from '../domain/suggestions/types.js';
import { bytes, containerState, engineFacts, millis, reclaimable } from './model.js';
import { plan } from './plan.js';
import { ruleSubject } from './verdict.js';

const count = z.number().int().nonnegative();
const names = z.array(z.string());

/** Why something is suggested: codes and values, told apart by `id`. */
export const evidence = z.discriminatedUnion('id', [
  z.object({
    id: z.literal('superseded'),
    repository: z.string(),
    images: count,
    newer: count,
    names,
  }),
  z.object({
    id: z.literal('project-gone'),
    project: z.string(),
    folder: z.string().nullable(),
    images: count,
    containers: count,
    volumes: count,
    networks: count,
  }),
  z.object({ id: z.literal('exited-containers'), containers: count, images: count, names }),
  z.object({ id: z.literal('build-cache'), bytes, unusedFor: z.number(), keep: bytes }),
  z.object({
    id: z.literal('unused-volumes'),
    volumes: count,
    first: z.array(
      z.object({
        name: z.string(),
        mountedAt: z.string().nullable(),
        by: z.string().nullable(),
        at: millis.nullable(),
      }),
    ),
  }),
  z.object({ id: z.literal('same-content'), images: count, names }),
  z.object({
    id: z.literal('foreign-platform'),
    platforms: names,
    own: z.string(),
    images: count,
    names,
  }),
  z.object({
    id: z.literal('policy-rule'),
    list: z.enum(['protect', 'keep', 'remove']),
    rule: z.string().nullable(),
    subject: ruleSubject,
    fault: z.enum(['never-matches', 'never-removes', 'keeps-everything', 'removes-nothing']),
  }),
  z.object({ id: z.literal('unbounded-logs'), containers: count, running: count, names }),
  z.object({ id: z.literal('writes-much'), container: z.string(), state: containerState }),
  z.object({
    id: z.literal('costly-keep'),
    rule: z.string(),
    subject: ruleSubject,
    images: count,
  }),
  z.object({ id: z.literal('fills-first'), fullAt: millis, nextRun: millis.nullable() }),
  z.object({
    id: z.literal('host-bytes'),
    file: z.string(),
    returns: z.enum(['shortly', 'restart']),
  }),
]) satisfies z.ZodType<Evidence>;

/** An edit of the policy, as `policy.removeRule` and `policy.addRule` take it. */
const policyEdit = z.discriminatedUnion('edit', [
  z.object({
    edit: z.literal('remove-rule'),
    list: z.enum(['keep', 'remove']),
    id: z.string(),
    subject: ruleSubject,
  }),
  z.object({
    edit: z.literal('add-rule'),
    list: z.literal('remove'),
    rule: z.object({ id: z.string(), untagged: z.literal(true), unusedFor: z.string() }),
  }),
]) satisfies z.ZodType<PolicyEdit>;

const advice = z.discriminatedUnion('advice', [
  z.object({ advice: z.literal('limit-logs') }),
  z.object({ advice: z.literal('use-volume') }),
  z.object({ advice: z.literal('edit-policy') }),
  z.object({ advice: z.literal('make-room') }),
  z.object({ advice: z.literal('give-back'), product: engineFacts.shape.product }),
]);

/** A suggestion as it is listed: what it would do is asked for by its key. */
export const suggestionRow = z.object({
  key: z.string(),
  evidence,
  /** What carrying it out frees; null where that is not known. */
  bytes: reclaimable.nullable(),
  /**
   * `safe`: all of it can be had again; `asks`: a person ticks what is not known to be; `data`: what
   * was written would be gone; `told`: nothing is removed.
   */
  safety: z.enum(['safe', 'asks', 'data', 'told']),
  urgent: z.boolean(),
  /** How many things it would remove. */
  items: count,
  act: z.enum(['plan', 'policy', 'advice']),
});
export type SuggestionRow = z.infer<typeof suggestionRow>;

export const suggestionsSlice = z.object({
  /** What matters most first; no more than 50. */
  rows: z.array(suggestionRow),
  /** How many a person does not want to be told again, of those that apply. */
  dismissed: count,
  /** When they were made; null: not yet. */
  at: millis.nullable(),
  /** When sizes were asked for that cost much (volumes, writable layers, logs); null: not yet. */
  measuredAt: millis.nullable(),
});
export type SuggestionsSlice = z.infer<typeof suggestionsSlice>;

/** What a suggestion would do; nothing is changed yet. */
export const openedSuggestion = z.discriminatedUnion('kind', [
  /** A plan of exactly its items, kept: it is run like any plan. */
  z.object({ kind: z.literal('plan'), plan }),
  /** An edit of the policy, and what could go by it that cannot go now. */
  z.object({
    kind: z.literal('policy'),
    edit: policyEdit,
    more: z.array(z.object({ id: z.string(), refs: names })),
    bytes: reclaimable,
  }),
  /** What only a person can do. */
  z.object({ kind: z.literal('advice'), advice }),
]);
export type OpenedSuggestion = z.infer<typeof openedSuggestion>;

const nothing = z.strictObject({});
const key = z.strictObject({ key: z.string().min(1).max(2_000) });

/** The commands about suggestions. */
export const suggestionCommands = {
  /** What is suggested now. `measure`: asks first for sizes that cost the engine minutes. */
  suggestions: {
    params: z.strictObject({ measure: z.boolean().default(false) }),
    result: suggestionsSlice,
  },
  'suggestion.open': { params: key, result: openedSuggestion },
  /** Not told again until it matters twice as much. */
  'suggestion.dismiss': { params: key, result: suggestionsSlice },
  /** Tells again what was dismissed of this engine. */
  'suggestion.restore': { params: nothing, result: suggestionsSlice },
} as const;
