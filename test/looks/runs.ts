import type { Params, Result } from '../../main/contract/commands.js';
import type { CleanRun } from '../../main/contract/runs.js';
import type { ImageRow, Question, Slices } from '../../main/contract/slices.js';
import { comesBack, lostImages } from '../../main/domain/plan/lost.js';
import { sumOf } from '../../main/domain/plan/sum.js';
import type { Plan, PlanItem, Untick } from '../../main/domain/plan/types.js';
import type { Reclaimable } from '../../main/domain/verdict/types.js';
import { DAY, NOW } from './base.js';
import { otherItems } from './kinds.js';
import { freedBy, knownOf } from './store.js';

/** Images that a policy lets go. */
export const goes = (rows: readonly ImageRow[]) => rows.filter((r) => r.verdict === 'remove');

/** Of what a registry may still have nothing else of its repository would be left. */
function untickOf({ estimate, recoverable, repository }: ImageRow): Untick {
  if (estimate) return { code: 'estimate' };
  return comesBack(recoverable)
    ? { code: 'last-version', repositories: [repository ?? ''] }
    : { code: 'no-registry' };
}

/** A plan with every kind in it: by rule, apart, and by name. */
export function planOf(rows: readonly ImageRow[]): Plan {
  const items = goes(rows).map((r): Plan['items'][number] => {
    const made = knownOf(r)?.item;
    if (made) return made;
    const group = r.going ? null : r.estimate ? 'estimates' : 'unrecoverable';
    return {
      kind: 'image',
      id: r.id,
      refs: r.refs,
      reclaimable: r.unique,
      reason: {
        kind: 'remove',
        code: 'rule',
        rule: r.rule ?? 'stale',
        unusedFor: (r.rule === 'untagged' ? 3 : 60) * DAY,
        age: { since: r.used ?? NOW, from: 'used', estimated: group === 'estimates' },
      },
      recoverable: { state: r.recoverable === 'verified' ? 'likely' : r.recoverable },
      ticked: group === null,
      untick: group === null ? null : untickOf(r),
      group,
      after: [],
      belongsTo: null,
    };
  });
  const going = items.filter(({ ticked }) => ticked);
  const free = (list: Plan['items']) => freedOf(rows, list);
  return {
    planId: '7f3a',
    takenAt: NOW,
    engine: { endpoint: 'unix:///var/run/docker.sock', id: 'A:B', store: 'containerd' },
    items: [...items, ...otherItems],
    kept: (['hold', 'protect', 'keep'] as const).flatMap((kind) => {
      const images = rows.filter((row) => row.verdict === 'keep' && row.decidedBy === kind).length;
      return images === 0 ? [] : [{ kind, images }];
    }),
    reclaimable: free([...going, ...otherItems.filter(({ ticked }) => ticked)]),
    reclaimableAll: free([...items, ...otherItems.filter(({ kind }) => kind !== 'volume')]),
    free: null,
    named: [],
  };
}

/** What items of a plan of these images free together. */
function freedOf(rows: readonly ImageRow[], items: readonly PlanItem[]): Reclaimable {
  const ids = new Set(items.map(({ id }) => id));
  return sumOf([
    freedBy(rows.filter(({ id }) => ids.has(id))),
    ...items.filter(({ kind }) => kind !== 'image').map(({ reclaimable }) => reclaimable),
  ]);
}

/** What a plan of these images frees with other ticks. */
export function previewOf(
  rows: readonly ImageRow[],
  { except, also }: Pick<Params<'plan.preview'>, 'except' | 'also'>,
): Result<'plan.preview'> {
  const chosen = planOf(rows).items.filter(
    ({ id, ticked }) => (ticked && !except.includes(id)) || also.includes(id),
  );
  return { chosen: chosen.map(({ id }) => id), reclaimable: freedOf(rows, chosen), each: {} };
}

/** The scheduled clean-up that waits for an answer. */
export function questionOf(rows: readonly ImageRow[]): Question {
  const { planId, items, reclaimable } = planOf(rows);
  return {
    planId,
    by: 'schedule',
    why: 'large-share',
    items: items.filter(({ ticked }) => ticked).length,
    reclaimable,
    lost: lostImages(items.filter(({ ticked }) => ticked)),
    at: NOW - 60_000,
  };
}

/** A plan by which nothing goes: there is nothing. */
export function nothingOf(): Plan {
  const none = { min: 0, max: 0, certainty: 'exact' } as const;
  return { ...planOf([]), items: [], kept: [], reclaimable: none, reclaimableAll: none };
}

/** The plan's run, as it is ticked: the first item was in use by then. */
export function runOf(rows: readonly ImageRow[]): CleanRun {
  const [skipped, ...removed] = planOf(rows).items.filter(({ ticked }) => ticked);
  if (!skipped) throw new Error('the store holds nothing that goes');
  const estimated = freedOf(rows, removed);
  return {
    runId: 'r1',
    kind: 'clean',
    planId: '7f3a',
    by: 'window',
    engine: 'A:B',
    startedAt: NOW - 90_000,
    endedAt: NOW - 66_000,
    outcome: 'done',
    removed: removed.map((i) => ({
      kind: i.kind,
      reason: i.reason,
      id: i.id,
      refs: i.refs,
      reclaimable: i.reclaimable,
      rule: i.reason.kind === 'remove' && i.reason.code === 'rule' ? i.reason.rule : '',
      recoverable: i.recoverable,
      pull: i.recoverable.state === 'no' ? [] : [`${(i.refs[0] ?? '').split(':')[0]}@${i.id}`],
    })),
    skipped: [
      {
        kind: skipped.kind,
        id: skipped.id,
        refs: skipped.refs,
        reason: { code: 'in-use', containers: ['notebook'] },
      },
    ],
    failed: [],
    estimated,
    measured: Math.round((estimated.min + estimated.max) / 2),
  };
}

/** A clean-up under way: some removed, one skipped, one being removed, the rest waiting. */
export function runningOf(rows: readonly ImageRow[]): Slices['run'] {
  const { items } = planOf(rows);
  const states = ['removed', 'removed', 'removed', 'skipped', 'working'] as const;
  return {
    current: {
      runId: 'r2',
      kind: 'clean',
      planId: '7f3a',
      startedAt: NOW - 12_000,
      phase: 'removing',
      slowed: null,
      cancelling: false,
      done: 4,
      total: items.length,
      items: items.map((item, i) => ({
        kind: item.kind,
        id: item.id,
        refs: item.refs,
        state: states[i] ?? 'waiting',
        skip: states[i] === 'skipped' ? { code: 'in-use', containers: ['notebook'] } : null,
        reclaimable: item.reclaimable,
      })),
    },
    queued: 0,
    last: null,
    question: null,
    next: null,
    update: null,
  };
}

/** An undoing under way, on battery. */
export function undoingOf(rows: readonly ImageRow[]): Slices['run'] {
  const run = runningOf(rows);
  const { current } = run;
  if (!current) return run;
  const items = current.items
    .filter(({ kind }) => kind === 'image')
    .slice(0, 6)
    .map((item, i) => ({
      ...item,
      state: (['restored', 'restored', 'working'] as const)[i] ?? ('waiting' as const),
      skip: null,
    }));
  return {
    ...run,
    current: {
      ...current,
      kind: 'undo',
      phase: 'pulling',
      slowed: 'battery',
      done: 2,
      total: items.length,
      items,
    },
  };
}
