import { describe, expect, it } from 'vitest';
import type { HistoryRun } from '../../../main/contract/runs.js';
import { historyAsCsv, historyAsJson } from '../../../main/services/journal/export.js';
import { type HistoryFilter, isWanted } from '../../../main/services/journal/filter.js';
import { runOf, tell, toldOf } from '../../../main/services/journal/history.js';
import type { Outcome } from '../../../main/services/journal/records.js';
import { rolledBack, updated, updateRun, version } from '../../support/update-samples.js';
import { at, begun, ended, id, image } from './support.js';

function runWith(items: Parameters<typeof begun>[1], results: Outcome['result'][]): HistoryRun {
  const told = toldOf(begun('r1', items));
  for (const [n, item] of items.entries()) {
    const result = results[n] ?? ({ state: 'removed' } as const);
    tell(told, { t: 'outcome', runId: 'r1', id: item.id, at, result });
  }
  const end = ended('r1');
  if (end.t === 'ended') tell(told, end);
  return runOf(told);
}

const run = runWith(
  [image(1), image(2), image(3)],
  [
    { state: 'removed' },
    { state: 'skipped', skip: { code: 'in-use', containers: ['web'] } },
    { state: 'failed', error: { code: 'engine-error', details: { status: 500, message: 'no' } } },
  ],
);

describe('which runs are wanted', () => {
  it.each<[Partial<HistoryFilter>, boolean]>([
    [{}, true],
    [{ since: at + 1000 }, true],
    [{ since: at + 1001 }, false],
    [{ until: at }, true],
    [{ until: at - 1 }, false],
    [{ kind: 'clean' }, true],
    [{ kind: 'undo' }, false],
    [{ by: 'cli' }, true],
    [{ by: 'schedule' }, false],
    [{ runId: 'r1' }, true],
    [{ runId: 'r' }, false],
    [{ item: 'API:2' }, true],
    [{ item: id(3).slice(7, 30) }, true],
    [{ item: id(3).slice(0, 71) }, true],
    [{ item: 'postgres' }, false],
    [{ item: 'api', kind: 'undo' }, false],
  ])('%j: %s', (filter, wanted) => {
    expect(isWanted(run, filter)).toBe(wanted);
  });
});

/** Reads RFC 4180 back, by its grammar. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (let match; field.lastIndex < text.length && (match = field.exec(text));) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

describe('a run by its own ID', () => {
  const runId = 'db5c8e0f-0000-4000-8000-000000000000';
  it.each<[string, boolean]>([
    ['db5c8e', true],
    ['DB5C8E0F', true],
    [runId, true],
    // Rather a name.
    ['db', false],
    ['0f-0000', false],
  ])('%s: %s', (item, wanted) => {
    expect(isWanted({ ...run, runId }, { item })).toBe(wanted);
  });
});

describe('which updates are wanted', () => {
  const updates = updateRun([updated(rolledBack)]);
  it.each<[Partial<HistoryFilter>, boolean]>([
    [{ kind: 'update' }, true],
    [{ kind: 'rollback' }, false],
    [{ item: 'web' }, true],
    [{ item: 'acme/' }, true],
    [{ item: '444444' }, true],
    [{ item: '666666' }, true],
    [{ item: 'db' }, false],
  ])('%j: %s', (filter, wanted) => {
    expect(isWanted(updates, filter)).toBe(wanted);
  });
});

describe('the history as text', () => {
  it('is one line an item in CSV, with the rule and the sentence', () => {
    const [head, ...lines] = parseCsv(historyAsCsv([run]));
    const rows = lines.map((line) =>
      Object.fromEntries(line.map((cell, n) => [head?.[n] ?? '', cell])),
    );
    expect(rows).toMatchObject([
      {
        runId: 'r1',
        run: 'clean',
        of: 'p1',
        by: 'cli',
        startedAt: '2026-11-24T12:00:00.000Z',
        outcome: 'done',
        kind: 'image',
        id: id(1),
        refs: 'myorg/api:1',
        result: 'removed',
        rule: 'stale',
        reclaimableMin: '1000',
        recoverable: 'likely',
        pull: `myorg/api@${id(1001)}`,
      },
      { id: id(2), result: 'skipped', code: 'in-use', text: 'Skipped: container web uses it now.' },
      { id: id(3), result: 'failed', code: 'engine-error' },
    ]);
    expect(rows[0]?.['text']).not.toBe('');
  });

  it('quotes what needs quoting, and no cell is a formula to a spreadsheet', () => {
    const evil = ['=cmd|calc', '+1', '-1', '@sum(a1)', '\t=1', 'a,"b"\r\nc'];
    const text = historyAsCsv([
      runWith(
        evil.map((name, n) => image(n, { refs: [name], rule: name })),
        [],
      ),
    ]);
    const [head, ...lines] = parseCsv(text);
    const refs = lines.map((line) => line[head?.indexOf('refs') ?? -1]);
    expect(refs).toEqual([...evil.slice(0, 5).map((name) => `'${name}`), 'a,"b"\r\nc']);
    for (const line of lines) for (const cell of line) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('is one document in JSON, with times in ISO 8601', () => {
    const { runs } = JSON.parse(historyAsJson([run])) as { runs: unknown[] };
    expect(runs).toMatchObject([
      {
        runId: 'r1',
        kind: 'clean',
        startedAt: '2026-11-24T12:00:00.000Z',
        items: [{ result: 'removed', rule: 'stale' }, { result: 'skipped' }, { result: 'failed' }],
      },
    ]);
  });

  it('tells of an update what ran, what was to run, and what it came to', () => {
    const updates = updateRun([updated({ state: 'updated', proven: true }), updated(rolledBack)]);
    const [head, ...lines] = parseCsv(historyAsCsv([updates]));
    const rows = lines.map((line): Record<string, string> =>
      Object.fromEntries(line.map((cell, i) => [head?.[i] ?? '', cell])),
    );
    const { digest: from } = version('16.4', 4);
    const { digest: to } = version('16.6', 6);
    expect(rows).toMatchObject([
      { run: 'update', kind: 'container', id: 'web', result: 'updated', code: '', from, to },
      { id: 'web', result: 'rolled-back', code: 'exited' },
    ]);
    expect(rows[1]?.['text']).toContain('It exited with code 1.');
  });

  it('of nothing is a head alone', () => {
    expect(historyAsCsv([])).toMatch(/^runId,run,of,[^\r\n]*\r\n$/);
    expect(JSON.parse(historyAsJson([]))).toEqual({ runs: [] });
  });
});
