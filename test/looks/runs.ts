import type { CleanRun } from '../../main/contract/runs.js';
import type { ImageRow, Slices } from '../../main/contract/slices.js';
import type { Plan } from '../../main/domain/plan/types.js';
import { DAY, NOW } from './base.js';
import { otherItems } from './kinds.js';
import { knownOf } from './store.js';

/** Images that a policy lets go. */
export const goes = (rows: readonly ImageRow[]) => rows.filter((r) => r.verdict === 'remove');

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
      untick: group === null ? null : { code: r.estimate ? 'estimate' : 'no-registry' },
      group,
      after: [],
      belongsTo: null,
    };
  });
  const sum = (list: Plan['items']) => {
    const n = list.reduce((s, i) => s + i.reclaimable.min, 0);
    return { min: Math.round(n * 0.93), max: Math.round(n * 1.05), certainty: 'range' as const };
  };
  return {
    planId: '7f3a',
    takenAt: NOW,
    engine: { endpoint: 'unix:///var/run/docker.sock', id: 'A:B', store: 'containerd' },
    items: [...items, ...otherItems],
    kept: [
      { kind: 'hold', images: 5 },
      { kind: 'protect', images: 4 },
      { kind: 'keep', images: 9 },
    ],
    reclaimable: sum(items.filter((i) => i.ticked)),
    reclaimableAll: sum(items),
    free: null,
    named: [],
  };
}

/** A plan by which nothing goes: there is nothing. */
export function nothingOf(): Plan {
  const none = { min: 0, max: 0, certainty: 'exact' } as const;
  return { ...planOf([]), items: [], kept: [], reclaimable: none, reclaimableAll: none };
}

export function runOf(rows: readonly ImageRow[]): CleanRun {
  const [skipped, ...removed] = planOf(rows).items;
  if (!skipped) throw new Error('the store holds nothing that goes');
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
    estimated: { min: 9.4e9, max: 10.6e9, certainty: 'range' },
    measured: 9.8e9,
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
