import { z } from 'zod';
import { absentParts } from './parts.js';
import { writeDuration, writeSize } from './units.js';
import {
  duration,
  expression,
  flag,
  hostAndPort,
  httpAddress,
  httpStatus,
  key,
  list,
  mapping,
  namePattern,
  oneOrMany,
  pattern,
  size,
  transform,
} from './values.js';

const { check, default: rules } = absentParts.update;

/** Anything shorter would ask registries without a pause. */
const shortestCheck = 1_000;

const tags = z.union(
  [
    z.enum(['same', 'patch', 'minor', 'major']),
    mapping({
      include: key(expression, 'Only tags that this regular expression matches.', {
        examples: ['^\\d+-lts$'],
      }),
      exclude: key(expression, 'No tags that this regular expression matches.', {
        examples: ['-(alpha|beta|rc)'],
      }),
      transform: key(
        transform,
        'What a tag is read as before tags are ordered: "regex => replacement", $1 being the first group.',
        { examples: ['^v?(\\d+)_(\\d+)$ => $1.$2'] },
      ),
    })
      .refine((written) => Object.keys(written).length > 0, { error: 'tag-expression' })
      .meta({ minProperties: 1 }),
  ],
  { error: 'tags' },
);

const probe = z.union(
  [
    mapping({
      http: httpAddress.meta({
        description: 'An address that must answer, asked from this machine.',
        examples: ['http://127.0.0.1:8080/health'],
      }),
      status: key(httpStatus, 'The status that it must answer with.', { absent: 200 }),
    }),
    mapping({
      tcp: hostAndPort.meta({
        description: 'A host and port that must take a connection.',
        examples: ['127.0.0.1:5432'],
      }),
    }),
  ],
  { error: 'one-probe' },
);

/** The rules of one container; `absent` stands beside those of `default` alone. */
const rulesOf = (absent: boolean) => {
  const standIn = (value: unknown) => (absent ? { absent: value } : {});
  return {
    mode: key(
      z.enum(['auto', 'notify', 'tell', 'ignore']),
      "What is done about an update: auto takes it, notify offers it, tell shows the owner's own command, ignore does not look. Labels can only lower it.",
      standIn(rules.mode),
    ),
    tags: key(
      tags,
      'Which tags an update may move to: the same one, the next patch, minor or major version, or those that a pattern selects.',
      { ...standIn('same'), examples: ['minor', { include: '^\\d+-lts$' }] },
    ),
    minAge: key(
      duration,
      'How long a version must have been seen before it is taken without being asked for.',
      { ...standIn(writeDuration(rules.minAge)), examples: ['3d'] },
    ),
    settle: key(
      duration,
      'How long a container without a health check must run without a restart to be proven.',
      standIn(writeDuration(rules.settle)),
    ),
    proveWithin: key(
      duration,
      'How long an update may take to prove itself before it is rolled back.',
      standIn(writeDuration(rules.proveWithin)),
    ),
    stuckAfter: key(
      duration,
      'How long a task of a Swarm service may find no node before its update counts as stuck.',
      standIn(writeDuration(rules.stuckAfter)),
    ),
    hooks: key(
      flag,
      "Whether lifecycle hooks in a container's labels run, as the container's user.",
      standIn(rules.hooks),
    ),
    askAbove: key(
      size,
      'An automatic pull of more than this becomes a question.',
      standIn(writeSize(rules.askAbove)),
    ),
    copyUpTo: key(
      size,
      'Named volumes of up to this size can be copied before an update.',
      standIn(writeSize(rules.copyUpTo)),
    ),
    probe: key(probe, 'What must answer before an update is proven.'),
  };
};

const entry = mapping({
  match: key(oneOrMany(namePattern), 'Names of containers: a glob, or a list of them.', {
    examples: ['web-*', ['db', 'cache']],
  }),
  image: key(
    oneOrMany(pattern),
    'References that the containers were made from: a pattern as in the rules above, or a list of them.',
    { examples: ['myorg/*'] },
  ),
  ...rulesOf(false),
})
  .refine((written) => 'match' in written || 'image' in written, { error: 'container' })
  .meta({ anyOf: [{ required: ['match'] }, { required: ['image'] }] });

/** The `update` section of a policy (JUDGING §3, UPDATING §3). */
export const updateSchema = mapping({
  check: key(
    mapping({
      every: key(
        duration.refine((every) => every >= shortestCheck, { error: 'a-second' }),
        'How often registries are asked.',
        { absent: writeDuration(check.every) },
      ),
    }),
    'When to look for updates.',
  ),
  default: key(mapping(rulesOf(true)), 'The rules of every container, where no entry says else.'),
  containers: key(
    list(entry),
    'Rules of single containers. An entry with the very name comes first, then the first that matches; what it leaves out comes from default.',
    { absent: [] },
  ),
});

export type WrittenUpdate = z.output<typeof updateSchema>;
