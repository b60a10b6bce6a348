import { z } from 'zod';
import { templateNames } from '../domain/policy/templates/index.js';
import type { OtherGone } from '../domain/plan/outlook.js';
import type { PartCount } from '../domain/plan/part-counts.js';
import type { PolicyLint } from '../domain/policy/check.js';
import type { Policy } from '../domain/policy/types.js';
import { mostBytes } from '../domain/policy/source.js';
import { bytes, imageId, millis, reclaimable, wholeText } from './model.js';
import { updateMode } from './updates.js';
import { judgedOther, policyPart, ruleSubject } from './verdict.js';
import { wireError } from './wire.js';

const duration = z.number();
export const mode = z.enum(['suggest', 'confirm', 'auto']);

/** Why triggers may do no more than suggest though the policy says otherwise (DESIGN §6). */
export const modeLowered = z.object({
  why: z.enum(['writable-by-others', 'owned-by-another']),
  /** The file, or the folder that it stands in. */
  path: z.string(),
  /** What the policy says. */
  from: mode,
});

const selector = z.object({
  id: z.string(),
  match: z.array(z.string()).nullable(),
  labels: z.record(z.string(), z.string()).nullable(),
  platform: z.array(z.string()).nullable(),
  origin: z.array(z.enum(['pulled', 'built', 'loaded', 'unknown'])).nullable(),
  largerThan: bytes.nullable(),
  untagged: z.boolean().nullable(),
  project: z.array(z.enum(['present', 'gone'])).nullable(),
});

const pressure = z.union([
  z.object({ high: z.number(), low: z.number(), cooldown: duration }),
  z.object({ free: bytes, to: bytes, cooldown: duration }),
]);

const updateRules = z.object({
  mode: updateMode,
  tags: z.discriminatedUnion('level', [
    z.object({ level: z.enum(['same', 'patch', 'minor', 'major']) }),
    z.object({
      level: z.literal('pattern'),
      include: z.string().nullable(),
      exclude: z.string().nullable(),
      transform: z.string().nullable(),
    }),
  ]),
  minAge: duration,
  settle: duration,
  proveWithin: duration,
  stuckAfter: duration,
  hooks: z.boolean(),
  askAbove: bytes,
  copyUpTo: bytes,
  probe: z
    .union([z.object({ http: z.string(), status: z.number() }), z.object({ tcp: z.string() })])
    .nullable(),
});

const own = updateRules.shape;
/** Those that an entry says itself. */
const entryRules = z.object({
  mode: z.exactOptional(own.mode),
  tags: z.exactOptional(own.tags),
  minAge: z.exactOptional(own.minAge),
  settle: z.exactOptional(own.settle),
  proveWithin: z.exactOptional(own.proveWithin),
  stuckAfter: z.exactOptional(own.stuckAfter),
  hooks: z.exactOptional(own.hooks),
  askAbove: z.exactOptional(own.askAbove),
  copyUpTo: z.exactOptional(own.copyUpTo),
  probe: z.exactOptional(own.probe),
});

/** A policy with every default filled in; durations in milliseconds, sizes in bytes. */
const policy = z.object({
  version: z.literal(1),
  mode,
  protect: z.array(selector.extend({ until: millis.nullable(), note: z.string().nullable() })),
  keep: z.array(
    selector.extend({
      last: z.number().nullable(),
      per: z.enum(['repository', 'family']),
      usedWithin: duration.nullable(),
    }),
  ),
  remove: z.array(selector.extend({ unusedFor: duration.nullable(), mode: mode.nullable() })),
  grace: duration,
  rollback: z.object({ versions: z.number(), for: duration }),
  containers: z.object({ enabled: z.boolean(), exitedFor: duration }),
  networks: z.object({ enabled: z.boolean(), unusedFor: duration }),
  buildCache: z.object({ enabled: z.boolean(), unusedFor: duration, keep: bytes }),
  triggers: z.object({
    schedule: z.string().nullable(),
    afterUpdate: z.boolean(),
    pressure: pressure.nullable(),
    hostNotice: z.number().nullable(),
    images: z.object({ max: bytes, to: bytes }).nullable(),
  }),
  limits: z.object({ maxItems: z.number(), maxBytes: bytes, pause: duration }),
  update: z.object({
    check: z.object({ every: duration }),
    default: updateRules,
    containers: z.array(
      z.object({
        id: z.string(),
        match: z.array(z.string()).nullable(),
        image: z.array(z.string()).nullable(),
        rules: entryRules,
      }),
    ),
  }),
}) satisfies z.ZodType<Policy>;

export const policyLint = z.object({
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  code: z.enum([
    'rule-pointless',
    'keeps-everything',
    'never-removes',
    'auto-without-trigger',
    'until-past',
    'never-matches',
    'schedule-never',
    'mode-no-effect',
    'never-matches-container',
    'entry-shadowed',
    'never-settles',
    'checks-often',
  ]),
  path: z.string(),
  rule: z.string().nullable(),
  suggestion: z.string().nullable(),
}) satisfies z.ZodType<PolicyLint>;

/** The policy in force with its text: `policy` is null, and `error` says why, where it cannot be read. */
export const policyView = z.object({
  source: z.enum(['default', 'file']),
  file: z.string(),
  text: z.string().nullable(),
  error: wireError.nullable(),
  policy: policy.nullable(),
  modeLowered: modeLowered.nullable(),
  lints: z.array(policyLint),
});

/** What each rule decides, in the policy's order: for how many images. */
export const ruleCounts = z.array(
  z.object({
    kind: z.enum(['protect', 'keep', 'remove']),
    rule: z.string(),
    subject: ruleSubject,
    images: z.number(),
  }),
);

/** What goes by each part of the policy that speaks of no images. */
export const partCounts = z.array(
  z.object({ part: policyPart, items: z.number(), reclaimable }),
) satisfies z.ZodType<PartCount[]>;

const othersGone = z.array(
  z.object({
    kind: judgedOther.shape.kind,
    id: z.string(),
    name: z.string(),
    reclaimable,
  }),
) satisfies z.ZodType<OtherGone[]>;

/** What a draft of the policy would make of this machine as it is known now. */
export const policyTrial = z.object({
  /** `policy-invalid` with each problem's place; all else is then empty. */
  error: wireError.nullable(),
  rules: ruleCounts,
  parts: partCounts,
  /** Images that the draft removes and the policy in force keeps; what each frees on top of the ones before. */
  more: z.array(
    z.object({
      id: imageId,
      refs: z.array(z.string()),
      reclaimable,
      /** False: only when a person ticks it. */
      ticked: z.boolean(),
    }),
  ),
  /** Images that the policy in force removes and the draft keeps. */
  less: z.array(z.object({ id: imageId, refs: z.array(z.string()) })),
  /** The same of containers, networks and the build cache. */
  moreOthers: othersGone,
  lessOthers: othersGone,
  moreBytes: reclaimable,
  lessBytes: reclaimable,
  /** What the ticked items of a plan by the draft would free, and how many of them are images. */
  canGo: reclaimable,
  canGoImages: z.number(),
  /** What these images free, without what else goes. */
  canGoOfImages: reclaimable,
  /** The same bytes with all that a person would have to tick; volumes, which go by name, apart. */
  canGoAll: reclaimable,
  /** Images that a person would have to tick. */
  couldGoImages: z.number(),
});
export type PolicyTrial = z.infer<typeof policyTrial>;

/** A longer one is no policy (DESIGN §6). */
const policyText = z.string().max(mostBytes);

const written = z.string().max(1_000);

/**
 * A setting that the window offers, as the file writes it (`14d`, `20GB`, `85%`); null takes it out.
 * What it may say, the policy's own schema decides.
 */
const setting = z.union([
  z.strictObject({ path: z.literal('mode'), value: mode }),
  z.strictObject({ path: z.literal('update.default.mode'), value: updateMode }),
  z.strictObject({
    path: z.enum([
      'containers.enabled',
      'networks.enabled',
      'buildCache.enabled',
      'triggers.afterUpdate',
    ]),
    value: z.boolean(),
  }),
  z.strictObject({
    path: z.enum(['rollback.versions', 'limits.maxItems']),
    value: z.int().nullable(),
  }),
  z.strictObject({
    path: z.enum([
      'grace',
      'rollback.for',
      'containers.exitedFor',
      'networks.unusedFor',
      'buildCache.unusedFor',
      'buildCache.keep',
      'triggers.schedule',
      'limits.maxBytes',
      'limits.pause',
      'update.check.every',
      'update.default.minAge',
    ]),
    value: written.nullable(),
  }),
  z.strictObject({
    path: z.enum(['triggers.pressure', 'triggers.images']),
    value: z.record(z.string().max(64), written).nullable(),
  }),
]);

/** A rule as the file writes it; the policy's own schema decides what it may say. */
const rule = z.record(z.string().max(64), z.json());
const list = z.enum(['keep', 'remove']);
const nothing = z.strictObject({});
const template = z.enum(templateNames);

/** Commands about the policy file. Those that edit it answer with the policy as it is then. */
export const policyCommands = {
  /** Writes the commented default, or a template, as the home's policy; never over an existing file. */
  'policy.init': {
    params: z.strictObject({ template: template.nullable().default(null) }),
    result: z.object({ file: z.string() }),
  },
  'policy.get': { params: nothing, result: policyView },
  /** The text of a template. */
  'policy.template': {
    params: z.strictObject({ template }),
    result: z.object({ text: z.string() }),
  },
  /** Judges this machine by a draft; nothing is written, and neither an engine nor a registry asked. */
  'policy.try': { params: z.strictObject({ text: policyText }), result: policyTrial },
  /** Writes a whole text; `base` is the one that it was edited from, null where there was no file. */
  'policy.save': {
    params: z.strictObject({ text: policyText, base: wholeText.nullable() }),
    result: policyView,
  },
  /** Writes one setting; the file's comments and all its other lines stay. */
  'policy.edit': { params: setting, result: policyView },
  /** Adds a rule, or writes the one of the same id anew. */
  'policy.addRule': { params: z.strictObject({ list, rule }), result: policyView },
  'policy.removeRule': { params: z.strictObject({ list, id: written }), result: policyView },
} as const;
