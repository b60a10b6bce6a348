import type { CleanRun, SkipReason } from '../../../main/contract/runs.js';
import type { Question } from '../../../main/contract/slices.js';
import type { ErrorDetails, LookedAt, PolicyProblem } from '../../../main/domain/errors.js';
import type { OwnerKind } from '../../../main/domain/owners/types.js';
import type { Untick } from '../../../main/domain/plan/types.js';
import type { ChangesWhen, Reason } from '../../../main/domain/verdict/types.js';
import type { TrayStatus } from '../../../main/messages/index.js';
import { engineRow } from '../../looks/fleet.js';

export const now = Date.UTC(2026, 10, 24, 12);
const day = 86_400_000;
export const id = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`;

const age = (from: 'used' | 'arrived' | 'lastTagged' | 'created' | 'finished') => ({
  since: now - 94 * day,
  from,
  estimated: from === 'created',
});

const keep = { kind: 'keep', code: 'rule', rule: 'recent' } as const;
const remove = { kind: 'remove', code: 'rule', rule: 'stale', unusedFor: 60 * day } as const;

const owned: [OwnerKind, string, string][] = [
  ['person', 'a person', 'x'],
  ['compose', 'Portainer', 'shop'],
  ['swarm', 'Swarm', 'web'],
  ['cluster', 'kind', 'dev'],
  ['editor', 'Dev Containers', 'shop'],
  ['devstack', 'DDEV', 'shop'],
  ['ephemeral', 'Testcontainers', 'java'],
  ['builder', 'buildx', 'multi0'],
  ['platform', 'Model Runner', 'x'],
  ['updater', 'Watchtower', 'x'],
  ['systemd', 'systemd', 'web.service'],
];
const owners = owned.flatMap(([owner, tool, named]) =>
  [null, named].map((unit) => ({ kind: 'hold', code: 'owner', owner, tool, unit }) as const),
);

/** Of every code, and of every shape that its sentence takes. */
export const unticks: Untick[] = [
  { code: 'estimate' },
  { code: 'owner', tool: 'Compose', unit: 'shop' },
  { code: 'owner', tool: 'Tilt', unit: null },
  { code: 'use-incomplete' },
  { code: 'last-version', repositories: ['myorg/api'] },
  { code: 'newest-build', repositories: ['myorg/api', 'web'] },
  { code: 'untagged-base', images: [id(1)] },
  { code: 'no-registry' },
  { code: 'registry-lost' },
  { code: 'not-confirmed' },
  { code: 'writable-layer' },
  { code: 'by-name' },
  { code: 'waits', images: [id(1), id(2)] },
];

/** At least one of every kind and code, and of every shape that a sentence takes. */
export const reasons: Reason[] = [
  { kind: 'hold', code: 'used', containers: ['web'] },
  { kind: 'hold', code: 'used', containers: ['web', 'db', 'cache', 'queue'] },
  { kind: 'hold', code: 'base-of', images: [id(1)] },
  { kind: 'hold', code: 'base-of', images: [id(1), id(2)] },
  { kind: 'hold', code: 'rollback', container: 'web' },
  { kind: 'hold', code: 'unproven', container: 'web' },
  { kind: 'hold', code: 'fact-unknown', fact: 'usedBy' },
  { kind: 'protect', code: 'rule', rule: 'protect[0]', until: null, note: null },
  {
    kind: 'protect',
    code: 'rule',
    rule: 'protect[0]',
    subject: { by: 'toggle', of: [] },
    until: now + 68 * day,
    note: 'audit',
  },
  { kind: 'protect', code: 'container-label', container: 'web' },
  { kind: 'grace', code: 'grace', since: now - 3_600_000, until: now + 23 * 3_600_000 },
  { ...keep, rank: null, last: null, usedWithin: null, age: null },
  { ...keep, rank: 1, last: 3, usedWithin: null, age: null },
  { ...keep, rank: 2, last: 3, usedWithin: 90 * day, age: age('used') },
  { ...keep, rank: null, last: null, usedWithin: 90 * day, age: null },
  { ...remove, age: null },
  { ...remove, age: age('used') },
  { ...remove, age: age('arrived') },
  { ...remove, age: age('lastTagged') },
  { ...remove, age: age('created') },
  { kind: 'default', code: 'no-rule' },
  ...owners,
  {
    kind: 'hold',
    code: 'service',
    needs: [
      { service: 'web', as: 'spec' },
      { service: 'api', as: 'spec' },
      { service: 'db', as: 'previous' },
    ],
  },
  { kind: 'hold', code: 'service', needs: [{ service: 'web', as: 'previous' }] },
  { kind: 'hold', code: 'service-unknown' },
  { kind: 'hold', code: 'project', project: 'acme-shop' },
  { kind: 'hold', code: 'state', state: 'running' },
  { kind: 'hold', code: 'built-in' },
  { kind: 'keep', code: 'young', part: 'containers', unusedFor: 14 * day, age: age('finished') },
  { kind: 'keep', code: 'young', part: 'networks', unusedFor: 14 * day, age: null },
  { kind: 'keep', code: 'small', part: 'buildCache', keep: 5e9 },
  {
    kind: 'remove',
    code: 'part',
    part: 'containers',
    unusedFor: 14 * day,
    age: age('finished'),
    keep: null,
  },
  { kind: 'remove', code: 'part', part: 'networks', unusedFor: 14 * day, age: null, keep: null },
  { kind: 'remove', code: 'part', part: 'buildCache', unusedFor: 7 * day, age: null, keep: 5e9 },
  { kind: 'remove', code: 'named' },
  { kind: 'default', code: 'not-enabled', part: 'buildCache' },
  { kind: 'default', code: 'by-name-only' },
];

export const changes: ChangesWhen[][] = [
  [],
  [{ at: now + 3_600_000 }],
  [{ at: now + 40 * day }, { on: 'newerVersion' }],
  [{ on: 'containerGone' }, { on: 'ruleChange' }, { on: 'fact' }],
];

const [inUse, , base] = reasons as [Reason, Reason, Reason];

export const skips: Record<SkipReason['code'], SkipReason> = {
  'in-use': { code: 'in-use', containers: ['web'] },
  'tag-moved': { code: 'tag-moved', ref: 'myorg/api:1.4' },
  'new-reference': { code: 'new-reference', ref: 'myorg/api:keep' },
  gone: { code: 'gone' },
  'now-kept': { code: 'now-kept', reason: inUse },
  'base-of-kept': { code: 'base-of-kept', images: [id(1)] },
  'engine-refused': { code: 'engine-refused', message: 'conflict' },
  cancelled: { code: 'cancelled' },
  'engine-lost': { code: 'engine-lost' },
  interrupted: { code: 'interrupted' },
  'cut-off': { code: 'cut-off' },
  'state-changed': { code: 'state-changed', state: 'running' },
  'there-already': { code: 'there-already' },
  'name-taken': { code: 'name-taken', ref: 'myorg/api:1.4' },
  'not-recoverable': { code: 'not-recoverable' },
};

const problemOf = (code: PolicyProblem['code'], expected: string): PolicyProblem => ({
  line: 3,
  column: 5,
  code,
  path: 'keep[0].last',
  found: '"three"',
  expected,
  suggestion: 'last',
});

export const problems: Record<PolicyProblem['code'], PolicyProblem> = {
  syntax: problemOf('syntax', 'yaml'),
  'unknown-key': problemOf('unknown-key', 'one-of id, match, last'),
  'wrong-type': problemOf('wrong-type', 'count'),
  'bad-value': problemOf('bad-value', 'duration'),
  missing: { ...problemOf('missing', 'condition'), path: '' },
  'duplicate-key': problemOf('duplicate-key', 'unique-key'),
  'too-large': problemOf('too-large', '256 kB'),
  'too-many-aliases': problemOf('too-many-aliases', '20'),
};

export const lookedAt: Record<LookedAt['outcome'], LookedAt> = Object.fromEntries(
  (
    [
      'answers',
      'not-set',
      'no-socket',
      'refused',
      'no-permission',
      'silent',
      'not-an-engine',
      'remote',
      'missing',
    ] as const
  ).map((outcome) => [
    outcome,
    { name: 'desktop-linux', kind: 'context', endpoint: 'unix:///run/docker.sock', outcome },
  ]),
) as Record<LookedAt['outcome'], LookedAt>;

const endpoint = 'unix:///run/docker.sock';
const file = 'policy.yaml';
const planId = '7f3a90c1d2e4b586';

export const errors: ErrorDetails = {
  'engine-not-found': { looked: Object.values(lookedAt) },
  'engine-permission': { endpoint },
  'engine-silent': { endpoint, seconds: 10 },
  'engine-refused': { endpoint },
  'engine-lost': { endpoint },
  'engine-unsupported': { endpoint, found: 'windows' },
  'engine-error': { status: 500, message: 'no space left' },
  'engine-changed': { endpoint },
  'engine-other': { wanted: endpoint, current: 'unix:///run/other.sock' },
  'engine-unknown': { engine: 'cellar' },
  'engine-several': {
    engine: 'cellar',
    among: [
      { key: 'first', endpoint: null },
      { key: '0011223344556677', endpoint },
    ],
  },
  'engine-first': {},
  'engine-unfinished': { name: 'cellar', act: 'remove' },
  'engine-twice': { endpoint, name: 'cellar' },
  'twin-unfinished': { name: 'cellar', silent: true },
  'engines-differ': { name: 'cellar', other: 'attic' },
  'engine-replaced': { endpoint, name: 'cellar', engine: '00112233445566aa' },
  'context-missing': { name: 'prod' },
  'context-unreadable': { file: 'meta.json' },
  'endpoint-remote': { endpoint: 'ssh://host' },
  'endpoint-plain': { endpoint: 'tcp://host:2375' },
  'ssh-failed': {
    host: 'build',
    user: 'ada',
    port: 2222,
    oldKey: null,
    why: 'unknown-key',
    said: 'Host key verification failed.',
  },
  'tls-failed': { endpoint: 'tcp://build:2376', why: 'expired', said: 'CERT_HAS_EXPIRED' },
  'endpoint-invalid': { endpoint: 'ftp://host' },
  'image-in-use': { id: id(1), message: 'conflict' },
  'image-gone': { id: id(1) },
  'image-unknown': { reference: 'myorg/api' },
  'protected-by-rule': { id: id(1), file },
  'reference-invalid': { text: 'My/App', problem: 'uppercase' },
  'registry-unreachable': { registry: 'ghcr.io', why: 'ENOTFOUND' },
  'registry-silent': { registry: 'ghcr.io', seconds: 10 },
  'registry-tls': { registry: 'ghcr.io', why: 'CERT_HAS_EXPIRED' },
  'registry-auth': { registry: 'docker.io', repository: 'myorg/api', why: 'not-signed-in' },
  'registry-limited': { registry: 'docker.io', retryAfter: 30 },
  'registry-error': { registry: 'ghcr.io', status: 500, message: '' },
  'registry-unsupported': { registry: 'ghcr.io', found: 'text/html' },
  'registry-invalid': { registry: 'ghcr.io', why: 'digest' },
  'registry-lacks': { reference: 'postgres:16', what: 'platform', platform: 'linux/arm64' },
  'helper-missing': { helper: 'docker-credential-desktop', looked: ['/usr/bin', '/usr/local/bin'] },
  'helper-failed': { helper: 'docker-credential-pass', why: 'silent' },
  'credentials-unreadable': { file: '/home/a/.docker/config.json', why: 'EACCES' },
  'policy-invalid': { file, problems: Object.values(problems) },
  'policy-exists': { file },
  'policy-changed': { file },
  'policy-unreadable': { file, why: 'EACCES' },
  'file-missing': { file },
  'file-unwritable': { file, why: 'EACCES' },
  'folder-unopened': { folder: '/home/ada/.config/careen', why: 'no application' },
  'notifications-missing': {},
  'login-item-refused': { why: 'not-kept' },
  'file-invalid': { file, where: 'images[0].size', expected: 'expected number' },
  'plan-unknown': { planId },
  'plan-expired': { planId },
  'plan-other-engine': { planId },
  'run-cancelled': {},
  'run-under-way': {},
  'update-unwell': { containers: ['web'] },
  'run-unknown': { runId: '7f3a' },
  'suggestion-unknown': { key: 'superseded myorg/api' },
  'pull-failed': { reference: 'myorg/api@sha256:1', message: 'manifest unknown' },
  'pulled-other': { reference: 'myorg/api@sha256:1' },
  'container-unknown': { container: 'web' },
  'container-owned': { container: 'web', tool: 'DDEV', command: 'ddev restart' },
  'nothing-kept': { container: 'web' },
  'version-unknown': { container: 'web', wanted: '1.9' },
  'taken-over': { container: 'web' },
  'swarm-silent': { endpoint: 'unix:///var/run/docker.sock' },
  'service-changed': { service: 'web' },
  'swarm-left': { service: 'web', endpoint: 'unix:///var/run/docker.sock' },
  'service-inexact': { service: 'web', at: ['TaskTemplate.ContainerSpec.Ulimits.0.Hard'] },
  'service-not-back': { service: 'web', why: 'not-running', message: 'update paused' },
  'no-room': { needed: 2_000_000_000, available: 500_000_000 },
  'hook-failed': { command: '/backup.sh', exitCode: 1, message: 'no space left' },
  'copy-failed': { volume: 'pgdata', copy: 'careen-copy-pgdata-1', why: 'in-use', by: ['api'] },
  'home-foreign': { home: '/home/a/.config/careen' },
  'home-unwritable': { home: '/home/a/.config/careen', why: 'ENOSPC' },
  'home-lost': { home: '/home/a/.config/careen' },
  'owner-ended': { home: '/home/a/.config/careen' },
  'log-unwritable': { file: 'journal.0001.jsonl' },
  'log-cut-off': { file: 'journal.0001.jsonl', removed: [{ id: id(1), refs: ['myorg/api:1.4'] }] },
  'log-damaged': { file: 'journal.0001.jsonl', lines: 2, bytes: 0 },
  'not-confirmed': { act: 'clean' },
  'input-invalid': { what: '--since', found: 'tuesday', expected: 'time' },
  'owner-other-version': { found: '0.2.0', own: '0.1.0' },
  internal: { message: 'x is not a function' },
};

const estimated = { min: 10_000_000_000, max: 10_200_000_000, certainty: 'range' } as const;

export const runs: CleanRun[] = (
  ['done', 'cancelled', 'engine-lost', 'interrupted', 'failed', 'unhealthy', null] as const
).map((outcome, i) => ({
  runId: `run-${i}`,
  kind: 'clean',
  planId,
  by: 'cli',
  engine: 'Docker Engine',
  startedAt: now - 60_000,
  endedAt: outcome === null ? null : now,
  outcome,
  removed:
    i === 0
      ? []
      : [
          {
            kind: 'image',
            reason: inUse,
            id: id(1),
            refs: ['myorg/api:1.2'],
            reclaimable: estimated,
            rule: 'stale',
            recoverable: { state: 'verified', at: now },
            pull: [],
          },
        ],
  skipped: [{ kind: 'image', id: id(2), refs: [], reason: { code: 'now-kept', reason: base } }],
  failed: [
    {
      kind: 'image',
      id: id(3),
      refs: ['a:1'],
      error: { code: 'engine-error', details: { status: 500, message: 'x' } },
    },
  ],
  estimated,
  measured: outcome === 'done' ? 10_100_000_000 : null,
}));

const noneLost = { images: 0, lost: 0, sure: true };

/** One of each reason, and one of a full disk with nothing that goes unasked. */
export const questions: Question[] = [
  ...(
    ['mode', 'estimated-disk', 'many-items', 'many-bytes', 'large-share', 'new-policy'] as const
  ).map((why): Question => ({
    planId: 'p',
    by: 'schedule',
    why,
    items: 12,
    reclaimable: estimated,
    lost: noneLost,
    at: now,
  })),
  ...[noneLost, { images: 13, lost: 9, sure: true }, { images: 3, lost: 3, sure: false }].flatMap(
    (lost): Question[] =>
      [0, 13].map((items) => ({
        planId: 'p',
        by: 'pressure',
        why: 'mode',
        items,
        reclaimable: estimated,
        lost,
        at: now,
      })),
  ),
  ...(['nothing-can-go', 'gap', 'offline'] as const).map((why): Question => ({
    planId: null,
    by: 'pressure',
    why,
    items: 0,
    reclaimable: { min: 0, max: 0, certainty: 'exact' },
    lost: noneLost,
    at: now,
  })),
];

export const trayStatuses: TrayStatus[] = [
  { state: 'looking' },
  { state: 'none' },
  { state: 'home-busy' },
  { state: 'lost', name: 'Docker Desktop' },
  { state: 'working', done: 3, total: 23 },
  { state: 'paused', until: now + 3_600_000 },
  { state: 'ready', canGo: { min: 0, max: 0, certainty: 'exact' }, images: 0, lost: noneLost },
  { state: 'ready', canGo: estimated, images: 23, lost: noneLost },

  { state: 'updating', kind: 'update', done: 0, total: 1 },
  { state: 'updating', kind: 'update', done: 1, total: 3 },
  { state: 'updating', kind: 'rollback', done: 0, total: 1 },
  { state: 'updating', kind: 'release', done: 0, total: 1 },
  {
    state: 'busy',
    row: engineRow('cellar', { run: { kind: 'update', done: 1, total: 3 } }),
  },
];
