import { z } from 'zod';
import { parsePattern } from './pattern.js';
import type { Expected } from './problems.js';
import { parseHostAndPort, parseHttpAddress } from './addresses.js';
import { parseNamePattern } from './container-name.js';
import { compileExpression, compileTransform } from './expressions.js';
import { parseSchedule, scheduleSyntax } from './schedule.js';
import { parseDuration, parsePercent, parseSize, parseUntil, syntax } from './units.js';

/** A schema's message is what it expects, as a code: `messages` makes the sentence. */
const expects = (code: Expected) => ({ error: code });

/** A text of a syntax that `parse` reads further; null from it is a bad value. */
function written<T>(expected: Expected, looks: RegExp, parse: (text: string) => T | null) {
  const looksRight = z.string(expects(expected)).regex(looks, { error: expected, abort: true });
  return looksRight.transform((value, context): T => {
    const parsed = parse(value);
    if (parsed !== null) return parsed;
    context.addIssue({ code: 'custom', message: expected, continue: false });
    return z.NEVER;
  });
}

/** A reading that keeps the text, once it was found to be one. */
const asIs =
  (parse: (text: string) => unknown) =>
  (value: string): string | null =>
    parse(value) === null ? null : value;

/** `30d`, `24h`, `250ms`; in milliseconds. */
export const duration = written('duration', syntax.duration, parseDuration);
/** `10GB`, `1.5GiB`; in bytes. */
export const size = written('size', syntax.size, parseSize);
/** `85%`; as a number of percent. */
export const percent = written('percent', syntax.percent, parsePercent);
export const until = written('date', syntax.until, parseUntil);
export const schedule = written('schedule', scheduleSyntax, parseSchedule);
export const pattern = written('pattern', /^\S{1,256}$/, asIs(parsePattern));
export const namePattern = written('name-pattern', /^\S{1,256}$/, asIs(parseNamePattern));
export const expression = written('expression', /^.{1,512}$/s, asIs(compileExpression));
export const transform = written('transform', /^.{1,512}=>\s*\S+\s*$/s, asIs(compileTransform));
export const httpAddress = written(
  'http-address',
  /^https?:\/\/\S{1,1000}$/,
  asIs(parseHttpAddress),
);
export const hostAndPort = written('host-and-port', /^\S{1,255}:\d{1,5}$/, asIs(parseHostAndPort));

export const text = z.string(expects('text')).max(1_000, expects('short-text'));
export const flag = z.boolean(expects('true-or-false'));
export const whole = z.int(expects('whole-number')).min(0, expects('whole-number'));
export const count = z.int(expects('count')).min(1, expects('count'));
export const httpStatus = z
  .int(expects('http-status'))
  .min(100, expects('http-status'))
  .max(599, expects('http-status'));
export const platform = z.string(expects('text')).min(1, expects('text'));
export const ruleId = z
  .string(expects('rule-id'))
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, expects('rule-id'));
export const labels = z.record(z.string(), z.string(expects('quoted-text')), expects('mapping'));

export const list = <T extends z.ZodType>(one: T) =>
  z.array(one, expects('list')).max(1_000, expects('short-list'));

/** One or a list of them, any of which suffices. */
export const oneOrMany = <T extends z.ZodType>(one: T) =>
  z.union([one, list(one).min(1, expects('filled-list'))]);

export const mapping = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, expects('mapping'));

/** An optional key with what the published schema says of it; `absent`: what then stands in. */
export const key = <T extends z.ZodType>(
  schema: T,
  description: string,
  more: { examples?: unknown[]; absent?: unknown } = {},
) => {
  const { examples, absent } = more;
  return z.exactOptional(schema).meta({
    description,
    ...(examples === undefined ? {} : { examples }),
    ...(absent === undefined ? {} : { default: absent }),
  });
};

/** What may be written as one or as a list, as a list; null where it is not written. */
export const asList = <T>(value: T | T[] | undefined): T[] | null =>
  value === undefined ? null : Array.isArray(value) ? value : [value];
