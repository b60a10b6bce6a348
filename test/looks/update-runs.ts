import type { HistoryRun, UpdateRun } from '../../main/contract/runs.js';
import type { Slices } from '../../main/contract/slices.js';
import type { StepTold, UpdateProgress } from '../../main/contract/update-steps.js';
import { stepsOf } from '../../main/domain/update/steps.js';
import { DAY, NOW } from './base.js';
import { old, rowOf, version } from './updates.js';

const HOUR = 3_600_000;

const course = {
  kind: 'update',
  running: true,
  autoRemove: false,
  pull: true,
  hooks: { before: false, after: false },
  copies: false,
} as const;

function steps(container: string, at: number, states: Partial<Record<string, Partial<StepTold>>>) {
  return stepsOf(course).map((step, i): StepTold => ({
    id: `${container}/${step}`,
    container,
    step,
    state: i < at ? 'done' : i === at ? 'working' : 'waiting',
    startedAt: i <= at ? NOW - 20_000 + i * 500 : null,
    took: i < at ? 100 + i * 150 : null,
    bytes: null,
    count: null,
    ...states[step],
  }));
}

const pulled = { took: 9200, bytes: { done: 156e6, total: 156e6 } };

/** The database being proven, the proxy still pulling. */
export const progress: UpdateProgress = {
  runId: 'u2',
  kind: 'update',
  token: null,
  startedAt: NOW - 30_000,
  cancelling: false,
  steps: [
    ...steps('db', stepsOf(course).indexOf('prove'), {
      pull: pulled,
      stop: { took: 1400 },
      start: { took: 300 },
      prove: { startedAt: NOW - 12_000, count: { done: 2, total: 3 } },
    }),
  ],
};

export const pulling: UpdateProgress = {
  ...progress,
  steps: [
    ...progress.steps,
    ...steps('proxy', 1, { pull: { bytes: { done: 31e6, total: 72e6 } } }),
    ...steps('dev', -1, {}),
  ],
};

/** The mail container, rolled back by itself. */
export const failedRun: UpdateRun = {
  runId: 'u1',
  kind: 'update',
  by: 'check',
  engine: 'A:B',
  startedAt: NOW - 6 * DAY,
  endedAt: NOW - 6 * DAY + 40_000,
  outcome: 'failed',
  containers: [
    {
      container: 'mail',
      reference: 'ghcr.io/axllent/mailpit:v1',
      from: old.mail,
      to: version('v1', '1.21.5', 'b5', 6),
      result: {
        state: 'rolled-back',
        why: { code: 'exited', exitCode: 1 },
        log: [
          '19:31:02  mailpit v1.21.5 starting',
          '19:31:04  listen tcp 0.0.0.0:1025: bind: address already in use',
          '19:31:04  exit status 1',
        ],
      },
      downFor: 14_000,
      steps: steps('mail', 99, {
        pull: { took: 3100, bytes: { done: 41e6, total: 41e6 } },
        prove: { state: 'failed', took: 12_000 },
        retire: { state: 'waiting', took: null },
        'clean-up': { state: 'waiting', took: null },
        stop: { state: 'undone' },
        start: { state: 'undone' },
      }),
      data: ['mail_data'],
      recovered: null,
    },
  ],
};

/** Three at once from the command line, a rollback, and a release. */
export const updateRuns: HistoryRun[] = [
  {
    runId: 'u5',
    kind: 'update',
    by: 'window',
    engine: 'A:B',
    startedAt: NOW - HOUR,
    endedAt: NOW - HOUR + 21_000,
    outcome: 'done',
    containers: [
      {
        container: 'db',
        reference: 'postgres:16',
        from: version('16', '16.3', 'a3', 120),
        to: old.db,
        result: { state: 'updated', proven: true },
        downFor: 1800,
        steps: steps('db', 99, { pull: pulled }),
        data: ['shop_pgdata'],
        recovered: null,
      },
    ],
  },
  {
    runId: 'u3',
    kind: 'rollback',
    by: 'window',
    engine: 'A:B',
    startedAt: NOW - 3 * HOUR,
    endedAt: NOW - 3 * HOUR + 4000,
    outcome: 'done',
    containers: [
      {
        container: 'grafana',
        reference: 'grafana/grafana:11.3.0',
        from: version('11.4.0', null, '77', 3),
        to: version('11.3.0', null, '99', 11),
        result: { state: 'restored' },
        downFor: 900,
        steps: steps('grafana', 99, {}),
        data: ['grafana_data'],
        recovered: 'finished',
      },
    ],
  },
  {
    ...failedRun,
    runId: 'u4',
    by: 'cli',
    startedAt: NOW - 30 * HOUR,
    endedAt: NOW - 30 * HOUR + 70_000,
    outcome: 'done',
    containers: [
      {
        ...failedRun.containers[0]!,
        container: 'cache',
        reference: 'redis:7.4',
        from: version('7.4', '7.4.0', '98', 80),
        to: version('7.4', '7.4.1', '97', 30),
        result: { state: 'updated', proven: true },
        downFor: 400,
        steps: steps('cache', 99, { pull: pulled }),
      },
      ...failedRun.containers,
      {
        ...failedRun.containers[0]!,
        container: 'supabase_db_app',
        reference: 'public.ecr.aws/supabase/postgres:15.6.1',
        from: version('15.6.1', null, 'f1', 120),
        to: version('15.8.1', null, 'f2', 14),
        result: { state: 'skipped', why: { code: 'owned', owner: rowOf('supabase_db_app').owner } },
        downFor: null,
        steps: [],
      },
    ],
  },
  failedRun,
];

/** A run slice with a run of updates in it. */
export const runWith = (update: UpdateProgress, queued = 0): Slices['run'] => ({
  current: null,
  queued,
  last: null,
  question: null,
  next: null,
  update,
});
