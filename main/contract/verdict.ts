import { z } from 'zod';
import type { JudgedImage, JudgedOther, Reason } from '../domain/verdict/types.js';
import {
  containerState,
  imageFacts,
  imageId,
  lastUse,
  millis,
  ownerKind,
  reclaimable,
} from './model.js';

export const policyPart = z.enum(['containers', 'networks', 'buildCache']);

const age = z.object({
  since: millis,
  from: z.enum(['used', 'arrived', 'lastTagged', 'created', 'finished']),
  estimated: z.boolean(),
});

/** What a rule without an ID selects; `rule` is then its place in the policy. */
export const ruleSubject = z
  .object({
    by: z.enum([
      'toggle',
      'name',
      'label',
      'project',
      'platform',
      'origin',
      'size',
      'untagged',
      'all',
    ]),
    of: z.array(z.string()),
  })
  .optional();

export const reason = z.union([
  z.object({ kind: z.literal('hold'), code: z.literal('used'), containers: z.array(z.string()) }),
  z.object({ kind: z.literal('hold'), code: z.literal('base-of'), images: z.array(z.string()) }),
  z.object({ kind: z.literal('hold'), code: z.literal('rollback'), container: z.string() }),
  z.object({ kind: z.literal('hold'), code: z.literal('unproven'), container: z.string() }),
  z.object({
    kind: z.literal('hold'),
    code: z.literal('fact-unknown'),
    fact: z.literal('usedBy'),
  }),
  z.object({
    kind: z.literal('hold'),
    code: z.literal('service'),
    needs: z.array(z.object({ service: z.string(), as: z.enum(['spec', 'previous', 'kept']) })),
  }),
  z.object({ kind: z.literal('hold'), code: z.literal('service-unknown') }),
  z.object({
    kind: z.literal('hold'),
    code: z.literal('owner'),
    owner: ownerKind,
    tool: z.string(),
    unit: z.string().nullable(),
  }),
  z.object({ kind: z.literal('hold'), code: z.literal('project'), project: z.string() }),
  z.object({ kind: z.literal('hold'), code: z.literal('state'), state: containerState }),
  z.object({ kind: z.literal('hold'), code: z.literal('built-in') }),
  z.object({
    kind: z.literal('protect'),
    code: z.literal('rule'),
    rule: z.string(),
    subject: ruleSubject,
    until: millis.nullable(),
    note: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('protect'),
    code: z.literal('container-label'),
    container: z.string(),
  }),
  z.object({ kind: z.literal('grace'), code: z.literal('grace'), since: millis, until: millis }),
  z.object({
    kind: z.literal('keep'),
    code: z.literal('rule'),
    rule: z.string(),
    subject: ruleSubject,
    rank: z.number().nullable(),
    last: z.number().nullable(),
    usedWithin: z.number().nullable(),
    age: age.nullable(),
  }),
  z.object({
    kind: z.literal('remove'),
    code: z.literal('rule'),
    rule: z.string(),
    subject: ruleSubject,
    unusedFor: z.number().nullable(),
    age: age.nullable(),
  }),
  z.object({
    kind: z.literal('keep'),
    code: z.literal('young'),
    part: policyPart,
    unusedFor: z.number(),
    age: age.nullable(),
  }),
  z.object({
    kind: z.literal('keep'),
    code: z.literal('small'),
    part: policyPart,
    keep: z.number(),
  }),
  z.object({
    kind: z.literal('remove'),
    code: z.literal('part'),
    part: policyPart,
    unusedFor: z.number(),
    age: age.nullable(),
    keep: z.number().nullable(),
  }),
  z.object({ kind: z.literal('remove'), code: z.literal('named') }),
  z.object({ kind: z.literal('default'), code: z.literal('no-rule') }),
  z.object({ kind: z.literal('default'), code: z.literal('not-enabled'), part: policyPart }),
  z.object({ kind: z.literal('default'), code: z.literal('by-name-only') }),
]) satisfies z.ZodType<Reason>;

const changesWhen = z.array(
  z.union([
    z.object({ at: millis }),
    z.object({ on: z.enum(['newerVersion', 'containerGone', 'ruleChange', 'fact']) }),
  ]),
);

export const judgedImage = z.object({
  id: imageId,
  refs: z.array(z.string()),
  verdict: z.enum(['keep', 'remove']),
  decidedBy: reason,
  references: z.array(
    z.object({ ref: z.string(), kind: z.enum(['tag', 'digest', 'untagged']), decidedBy: reason }),
  ),
  alsoMatched: z.array(reason),
  baseOf: z.array(z.string()),
  estimate: z.boolean(),
  reclaimable,
  changesWhen,
  facts: imageFacts,
}) satisfies z.ZodType<JudgedImage>;

export const judgedOther = z.object({
  kind: z.enum(['container', 'network', 'volume', 'buildCache']),
  id: z.string(),
  name: z.string(),
  verdict: z.enum(['keep', 'remove']),
  nameable: z.boolean(),
  decidedBy: reason,
  reclaimable,
  lastUsed: lastUse.nullable(),
  project: z.string().nullable(),
  changesWhen,
}) satisfies z.ZodType<JudgedOther>;
