import { z } from 'zod';
import { laterKeys } from './later.js';
import { parsePattern } from './pattern.js';
import type { Expected } from './problems.js';
import { parseDuration, parseSize, parseUntil } from './units.js';

/** A schema's message is what it expects, as a code: `messages` makes the sentence. */
const expects = (code: Expected) => ({ error: code });

/** A text that `parse` reads; null from it is a bad value. */
function written<T>(expected: Expected, parse: (text: string) => T | null) {
  return z.string(expects(expected)).transform((text, context): T => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

const text = z.string(expects('text')).max(1_000, expects('short-text'));
const flag = z.boolean(expects('true-or-false'));
const whole = z.int(expects('whole-number')).min(0, expects('whole-number'));
const count = z.int(expects('count')).min(1, expects('count'));
const duration = written('duration', parseDuration);
const size = written('size', parseSize);
const pattern = written('pattern', (value) => (parsePattern(value) === null ? null : value));
const ruleId = z.string(expects('rule-id')).regex(/^[A-Za-z0-9][\w.-]{0,63}$/, expects('rule-id'));
const percent = written('percent', (value) => {
  const number = /^(\d{1,3}(?:\.\d{1,2})?)%$/.exec(value)?.[1];
  return number === undefined || Number(number) > 100 ? null : Number(number);
});

/** One or a list of them, any of which suffices. */
const oneOrMany = <T extends z.ZodType>(one: T) =>
  z.union([
    one,
    z.array(one, expects('list')).min(1, expects('filled-list')).max(1_000, expects('short-list')),
  ]);
const list = <T extends z.ZodType>(one: T) =>
  z.array(one, expects('list')).max(1_000, expects('short-list'));
const mapping = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape, expects('mapping'));

const mode = z.enum(['suggest', 'confirm', 'auto']);
const stop = z.string(expects('text')).min(1, expects('text'));

const selector = {
  id: ruleId.optional(),
  match: oneOrMany(pattern).optional(),
  labels: z.record(z.string(), z.string(expects('quoted-text')), expects('mapping')).optional(),
  platform: oneOrMany(stop).optional(),
  origin: oneOrMany(z.enum(['pulled', 'built', 'loaded', 'unknown'])).optional(),
  largerThan: size.optional(),
  untagged: flag.optional(),
  project: laterKeys.add(oneOrMany(z.enum(['present', 'gone']))),
};

/** A rule that says nothing would take or hold everything by accident. */
const saysSomething = (rule: Record<string, unknown>) =>
  Object.keys(rule).some((key) => !['id', 'note', 'until', 'mode', 'per'].includes(key));
const rule = <T extends z.ZodRawShape>(shape: T) =>
  mapping({ ...selector, ...shape }).refine(saysSomething, { error: 'condition' });

const protectRule = rule({
  until: written('date', parseUntil).optional(),
  note: text.optional(),
});
const keepRule = rule({
  last: count.optional(),
  per: z.enum(['repository', 'family']).optional(),
  usedWithin: duration.optional(),
});
const removeRule = rule({
  unusedFor: duration.optional(),
  mode: mode.optional(),
});

const updateRule = {
  mode: z.enum(['off', 'notify', 'confirm', 'auto']).optional(),
  tags: z
    .union([
      z.enum(['same', 'patch', 'minor', 'major']),
      mapping({ include: text.optional(), exclude: text.optional(), transform: text.optional() }),
    ])
    .optional(),
  minAge: duration.optional(),
  settle: duration.optional(),
  proveWithin: duration.optional(),
  hooks: flag.optional(),
  askAbove: size.optional(),
  copyUpTo: size.optional(),
  probe: z
    .union([mapping({ http: text, status: whole.optional() }), mapping({ tcp: text })])
    .optional(),
};

/**
 * The whole of policy version 1 (JUDGING §3). A key under `laterKeys` is known and refused with
 * "not yet": what the file writes is never ignored.
 */
export const policySchema = mapping({
  version: z.literal(1),
  mode: mode.optional(),
  protect: list(protectRule).optional(),
  keep: list(keepRule).optional(),
  remove: list(removeRule).optional(),
  grace: duration.optional(),
  rollback: laterKeys.add(mapping({ versions: whole.optional(), for: duration.optional() })),
  containers: laterKeys.add(mapping({ enabled: flag.optional(), exitedFor: duration.optional() })),
  networks: laterKeys.add(mapping({ enabled: flag.optional(), unusedFor: duration.optional() })),
  buildCache: laterKeys.add(
    mapping({ enabled: flag.optional(), unusedFor: duration.optional(), keep: size.optional() }),
  ),
  triggers: laterKeys.add(
    mapping({
      schedule: text.optional(),
      afterUpdate: flag.optional(),
      pressure: z
        .union([
          mapping({ high: percent, low: percent, cooldown: duration.optional() }),
          mapping({ free: size, to: size, cooldown: duration.optional() }),
        ])
        .optional(),
      hostNotice: percent.optional(),
      images: mapping({ max: size, to: size }).optional(),
    }),
  ),
  limits: mapping({
    pause: duration.optional(),
    maxItems: laterKeys.add(count),
    maxBytes: laterKeys.add(size),
  }).optional(),
  update: laterKeys.add(
    mapping({
      check: mapping({ every: duration.optional() }).optional(),
      default: mapping(updateRule).optional(),
      containers: list(
        mapping({ match: text.optional(), image: oneOrMany(pattern).optional(), ...updateRule }),
      ).optional(),
    }),
  ),
});

export type WrittenPolicy = z.output<typeof policySchema>;
