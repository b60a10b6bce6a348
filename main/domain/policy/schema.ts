import { z } from 'zod';
import { absentParts } from './parts.js';
import { writeDuration, writeSize } from './units.js';
import { updateSchema } from './update-schema.js';
import {
  count,
  duration,
  flag,
  key,
  labels,
  list,
  mapping,
  oneOrMany,
  pattern,
  percent,
  platform,
  ruleId,
  schedule,
  size,
  text,
  until,
  whole,
} from './values.js';

const mode = z.enum(['suggest', 'confirm', 'auto']);

const selector = {
  id: key(ruleId, 'A name for the rule; without one it is named by its place, such as keep[0].', {
    examples: ['recent'],
  }),
  match: key(
    oneOrMany(pattern),
    'References that it selects: a pattern, an image ID, or a list of them. Without a tag: any tag or digest. "**" is every reference.',
    { examples: ['myorg/*', 'postgres:16', '**'] },
  ),
  labels: key(labels, 'Labels that an image must have, all of them.', {
    examples: [{ 'careen.keep': 'true' }],
  }),
  platform: key(oneOrMany(platform), 'The platform, as os/arch or os/arch/variant.', {
    examples: ['linux/arm64'],
  }),
  origin: key(
    oneOrMany(z.enum(['pulled', 'built', 'loaded', 'unknown'])),
    'How the image came to this engine.',
    { examples: ['pulled', ['built', 'loaded']] },
  ),
  largerThan: key(size, 'Only images larger than this.', { examples: ['2GB'] }),
  untagged: key(flag, 'Only images without a tag (true), or only those with one (false).'),
  project: key(
    oneOrMany(z.enum(['present', 'gone'])),
    'Whether a Compose or dev-container project that used the image still stands on this host.',
    { examples: ['present'] },
  ),
};

/** Any of these makes a rule; one that says nothing would take or hold everything by accident. */
function rule<T extends z.ZodRawShape>(shape: T) {
  const all = { ...selector, ...shape };
  const conditions = Object.keys(all).filter(
    (name) => !['id', 'note', 'until', 'mode', 'per'].includes(name),
  );
  return mapping(all)
    .refine((written) => conditions.some((name) => name in written), { error: 'condition' })
    .meta({ anyOf: conditions.map((name) => ({ required: [name] })) });
}

const protectRule = rule({
  until: key(until, 'Until when: through a day (UTC), or a moment with its zone.', {
    examples: ['2027-01-31', '2027-01-31T18:00:00+01:00'],
  }),
  note: key(text, 'Why, for whoever reads it later.'),
});
const keepRule = rule({
  last: key(count, 'The newest so many versions of each repository, of those selected.', {
    examples: [3],
  }),
  per: key(
    z.enum(['repository', 'family']),
    'Whether last counts per repository or per tag family, which is what follows the version number in a tag.',
    { absent: 'repository' },
  ),
  usedWithin: key(duration, 'Only while it was used, arrived or was tagged this recently.', {
    examples: ['90d'],
  }),
});
const removeRule = rule({
  unusedFor: key(duration, 'Only once it was not used, pulled or tagged for so long.', {
    examples: ['60d'],
  }),
  mode: key(mode, 'A stricter mode than that of the policy, for what this rule removes.'),
});

const pressure = z.union(
  [
    mapping({
      high: percent.meta({
        description: 'Free when so much of the disk is used.',
        examples: ['85%'],
      }),
      low: percent.meta({ description: 'Free until so much is used.', examples: ['75%'] }),
      cooldown: key(duration, 'How long to wait after one before the next.', { absent: '6h' }),
    }).refine(({ high, low }) => low < high, { error: 'below-high', path: ['low'] }),
    mapping({
      free: size.meta({ description: 'Free when less than this is left.', examples: ['10GB'] }),
      to: size.meta({ description: 'Free until this much is left.', examples: ['20GB'] }),
      cooldown: key(duration, 'How long to wait after one before the next.', { absent: '6h' }),
    }).refine(({ free, to }) => to > free, { error: 'above-free', path: ['to'] }),
  ],
  { error: 'one-form' },
);

const budget = mapping({
  max: size.meta({ description: 'Free when images take more than this.', examples: ['40GB'] }),
  to: size.meta({ description: 'Free until they take this.', examples: ['30GB'] }),
}).refine(({ max, to }) => to < max, { error: 'below-max', path: ['to'] });

const { rollback, containers, networks, buildCache, limits } = absentParts;
const enabled = (what: string) => key(flag, `Whether plans hold ${what}.`, { absent: false });

/** The whole of policy version 1 (JUDGING §3). */
export const policySchema = mapping({
  version: z.literal(1).meta({ description: "The version of the policy's language." }),
  mode: key(
    mode,
    'What triggers may do: suggest shows it, confirm asks, auto removes. What a person starts always shows a plan and asks.',
    { absent: 'confirm' },
  ),
  protect: key(list(protectRule), 'What is never removed.', { absent: [] }),
  keep: key(list(keepRule), 'What is kept though a remove rule selects it: a union of rules.', {
    absent: [],
  }),
  remove: key(list(removeRule), 'What may go; what no rule selects is kept.', { absent: [] }),
  grace: key(duration, 'How long anything new stays, from its arrival or its last tag.', {
    absent: '24h',
  }),
  rollback: key(
    mapping({
      versions: key(whole, 'How many replaced images per container are held.', {
        absent: rollback.versions,
      }),
      for: key(duration, 'For how long.', { absent: writeDuration(rollback.for) }),
    }),
    'What an update leaves behind for going back.',
  ),
  containers: key(
    mapping({
      enabled: enabled('containers that have ended'),
      exitedFor: key(duration, 'Only once they ended so long ago.', {
        absent: writeDuration(containers.exitedFor),
      }),
    }),
    'Containers that have ended. Their volumes stay.',
  ),
  networks: key(
    mapping({
      enabled: enabled('networks that nothing uses'),
      unusedFor: key(duration, 'Only once nothing used them for so long.', {
        absent: writeDuration(networks.unusedFor),
      }),
    }),
    'Networks that no container is attached to.',
  ),
  buildCache: key(
    mapping({
      enabled: enabled('build cache'),
      unusedFor: key(duration, 'Only records that were not used for so long.', {
        absent: writeDuration(buildCache.unusedFor),
      }),
      keep: key(size, 'How much of it stays in any case.', { absent: writeSize(buildCache.keep) }),
    }),
    "The builder's cache on this engine.",
  ),
  triggers: key(
    mapping({
      schedule: key(schedule, 'When to look, as a cron expression of five fields, in local time.', {
        examples: ['0 12 * * *', '@daily'],
      }),
      afterUpdate: key(flag, 'Whether to look at a repository once its update is proven.', {
        absent: false,
      }),
      pressure: key(
        pressure,
        "When the engine's disk gets full: by percent (high, low) or by what is left (free, to).",
      ),
      hostNotice: key(
        percent,
        "When to tell that this computer's own disk gets full; nothing is removed for it.",
        { examples: ['90%'] },
      ),
      images: key(budget, 'When images take too much.'),
    }),
    'What starts a clean-up by itself; without any, only a person does.',
  ),
  limits: key(
    mapping({
      pause: key(duration, 'How long to wait between two removals, in every run.', {
        absent: writeDuration(limits.pause),
      }),
      maxItems: key(count, 'More items than this make an automatic run a question.', {
        absent: limits.maxItems,
      }),
      maxBytes: key(size, 'More bytes than this make an automatic run a question.', {
        absent: writeSize(limits.maxBytes),
      }),
    }),
    'Bounds of runs.',
  ),
  update: key(updateSchema, 'How containers are kept up to date.'),
});

export type WrittenPolicy = z.output<typeof policySchema>;
