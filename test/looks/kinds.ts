import type { Result } from '../../main/contract/commands.js';
import type { Slices } from '../../main/contract/slices.js';
import type { HistoryRun } from '../../main/contract/runs.js';
import { otherItems as itemsOf } from '../../main/domain/plan/others.js';
import type { PlanItem } from '../../main/domain/plan/types.js';
import { absentParts } from '../../main/domain/policy/parts.js';
import type { JudgedOther } from '../../main/domain/verdict/types.js';
import { DAY, exact, NOW } from './base.js';
import { policyOf } from './store.js';

const none = exact(0);
const base = { verdict: 'keep', nameable: false, project: null, lastUsed: null } as const;
const fact = [{ on: 'fact' as const }];

/** Of the whole build cache. */
export const cacheBytes = 7.4e9;

/** Containers, networks, volumes and the build cache as a developer has them. */
export const others: JudgedOther[] = [
  {
    ...base,
    kind: 'container',
    id: 'c1'.padEnd(64, '1'),
    name: 'notebook-run-7',
    verdict: 'remove',
    decidedBy: {
      kind: 'remove',
      code: 'part',
      part: 'containers',
      unusedFor: 14 * DAY,
      age: { since: NOW - 41 * DAY, from: 'finished', estimated: false },
      keep: null,
    },
    reclaimable: { min: 214e6, max: 214e6, certainty: 'at-least' },
    lastUsed: { at: NOW - 41 * DAY, by: 'notebook-run-7' },
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'container',
    id: 'c2'.padEnd(64, '2'),
    name: 'api',
    decidedBy: { kind: 'hold', code: 'state', state: 'running' },
    reclaimable: { min: 41e6, max: 41e6, certainty: 'at-least' },
    project: 'acme-shop',
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'container',
    id: 'c3'.padEnd(64, '3'),
    name: 'acme-shop-db-1',
    decidedBy: { kind: 'hold', code: 'project', project: 'acme-shop' },
    reclaimable: { min: 12e6, max: 12e6, certainty: 'at-least' },
    project: 'acme-shop',
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'network',
    id: 'n1'.padEnd(64, '4'),
    name: 'experiment_default',
    verdict: 'remove',
    decidedBy: {
      kind: 'remove',
      code: 'part',
      part: 'networks',
      unusedFor: 14 * DAY,
      age: { since: NOW - 60 * DAY, from: 'created', estimated: false },
      keep: null,
    },
    reclaimable: none,
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'network',
    id: 'n2'.padEnd(64, '5'),
    name: 'bridge',
    decidedBy: { kind: 'hold', code: 'built-in' },
    reclaimable: none,
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'buildCache',
    id: 'build-cache',
    name: 'build-cache',
    verdict: 'remove',
    decidedBy: {
      kind: 'remove',
      code: 'part',
      part: 'buildCache',
      unusedFor: 7 * DAY,
      age: null,
      keep: 5e9,
    },
    reclaimable: { min: 0, max: 1.7e9, certainty: 'at-most' },
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'volume',
    id: 'volume:acme-shop_pgdata',
    name: 'acme-shop_pgdata',
    nameable: true,
    decidedBy: { kind: 'hold', code: 'project', project: 'acme-shop' },
    reclaimable: exact(3.1e9),
    project: 'acme-shop',
    lastUsed: { at: NOW - 23 * DAY, by: 'acme-shop-db-1' },
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'volume',
    id: `volume:${'9f'.repeat(32)}`,
    name: '9f'.repeat(32),
    nameable: true,
    decidedBy: { kind: 'default', code: 'by-name-only' },
    reclaimable: exact(610e6),
    changesWhen: fact,
  },
  {
    ...base,
    kind: 'volume',
    id: 'volume:api_uploads',
    name: 'api_uploads',
    decidedBy: { kind: 'hold', code: 'used', containers: ['api'] },
    reclaimable: exact(440e6),
    changesWhen: [{ on: 'containerGone' }],
  },
];

const { before, after } = itemsOf(others);
/** Those of them that stand in a plan. */
export const otherItems: PlanItem[] = [...before, ...after];

export const rules: Slices['images']['totals']['rules'] = [
  {
    kind: 'protect',
    rule: 'protect[0]',
    subject: { by: 'name', of: ['postgres', 'redis'] },
    images: 3,
  },
  {
    kind: 'protect',
    rule: 'protect[1]',
    subject: { by: 'toggle', of: [] },
    images: 1,
  },
  {
    kind: 'protect',
    rule: 'protect[2]',
    subject: { by: 'label', of: ['careen.keep'] },
    images: 0,
  },
  { kind: 'keep', rule: 'recent', images: 12 },
  { kind: 'keep', rule: 'lately', images: 0 },
  { kind: 'remove', rule: 'untagged', images: 4 },
  { kind: 'remove', rule: 'stale', images: 15 },
  { kind: 'remove', rule: 'stale-builds', images: 0 },
];

/** What undoing a run would do: one image has no way back. */
export function undoOf(run: HistoryRun): Result<'undo.preview'> {
  const removed = run.kind === 'clean' ? run.removed : [];
  return {
    items: removed
      .filter(({ kind }) => kind === 'image')
      .map(({ id, refs, pull }) => ({ id, refs, pull: pull[0] ?? null })),
  };
}

/** A run that undid another, asked for at the terminal. */
export function undoneOf(run: HistoryRun): HistoryRun {
  const removed = run.kind === 'clean' ? run.removed.filter(({ pull }) => pull.length > 0) : [];
  return {
    kind: 'undo',
    runId: 'r0',
    of: 'r1',
    by: 'cli',
    engine: run.engine,
    startedAt: NOW - 40_000,
    endedAt: NOW - 20_000,
    outcome: 'done',
    restored: removed.slice(0, 2).map(({ id, refs, pull }) => ({
      kind: 'image' as const,
      id,
      refs,
      pulled: pull[0] ?? '',
    })),
    skipped: [],
    failed: [],
  };
}

/** The policy as Settings is told of it; others may write its file. */
export const policyView: Result<'policy.get'> = {
  source: 'file',
  file: '/home/ada/.config/careen/policy.yaml',
  text: 'version: 1\nmode: auto\n',
  error: null,
  policy: {
    version: 1,
    mode: 'suggest',
    protect: [],
    keep: [],
    // By these the pictures' plan was made.
    remove: policyOf(`sha256:${'0'.repeat(64)}`).remove,
    grace: DAY,
    rollback: { versions: 1, for: 7 * DAY },
    containers: { enabled: true, exitedFor: 14 * DAY },
    networks: { enabled: false, unusedFor: 14 * DAY },
    buildCache: { enabled: true, unusedFor: 7 * DAY, keep: 5e9 },
    triggers: {
      schedule: '0 12 * * *',
      afterUpdate: true,
      pressure: { high: 85, low: 75, cooldown: DAY / 4 },
      hostNotice: 90,
      images: null,
    },
    limits: { maxItems: 50, maxBytes: 20e9, pause: 250 },
    update: absentParts.update,
  },
  modeLowered: {
    why: 'writable-by-others',
    path: '/home/ada/.config/careen/policy.yaml',
    from: 'auto',
  },
  lints: [],
};
