import type { RemovedItem } from '../../../main/contract/runs.js';
import type { BegunClean, JournalRecord, Outcome } from '../../../main/services/journal/records.js';

export const at = Date.UTC(2026, 10, 24, 12);
export const id = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`;

const free = { min: 1000, max: 2000, certainty: 'range' } as const;

export const image = (n: number, change: Partial<RemovedItem> = {}): RemovedItem => ({
  kind: 'image',
  id: id(n),
  refs: [`myorg/api:${n}`],
  reclaimable: free,
  reason: { kind: 'remove', code: 'rule', rule: 'stale', unusedFor: null, age: null },
  rule: 'stale',
  recoverable: { state: 'likely' },
  pull: [`myorg/api@${id(n + 1000)}`],
  ...change,
});

export const begun = (runId: string, items: RemovedItem[], startedAt = at): BegunClean => ({
  t: 'begun',
  runId,
  kind: 'clean',
  planId: 'p1',
  by: 'cli',
  engine: 'Docker Engine',
  engineKey: 'unix:///x|e|classic',
  at: startedAt,
  estimated: free,
  items,
});

export const intent = (runId: string, n: number): JournalRecord => {
  return { t: 'intent', runId, kind: 'image', id: id(n), refs: [`myorg/api:${n}`], at };
};

export const outcome = (
  runId: string,
  n: number,
  result: Outcome['result'] = { state: 'removed' },
): JournalRecord => ({ t: 'outcome', runId, id: id(n), at, result });

export const ended = (runId: string, endedAt = at + 1000): JournalRecord => {
  return { t: 'ended', runId, at: endedAt, outcome: 'done', measured: 1500 };
};
