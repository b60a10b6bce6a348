import { describe, expect, it, test } from 'vitest';
import type { UpdatedContainer } from '../../../main/contract/update-steps.js';
import type { CleanRun, UndoRun, UpdateRun } from '../../../main/contract/runs.js';
import { messages } from '../../../main/messages/index.js';
import { keptOf } from '../../../renderer/app/history/kept.js';
import {
  namesVersions,
  titleOf,
  updatesIn,
  wentWrong,
} from '../../../renderer/app/history/titles.js';
import { failedRun, updateRuns } from '../../looks/update-runs.js';
import { rows } from '../../looks/updates.js';

const m = messages('en', { timeZone: 'UTC' });
const find = (runId: string) => updateRuns.find((run) => run.runId === runId) as UpdateRun;

describe('the title of a run of updates', () => {
  it.each([
    ['u5', 'db updated, 16.3 to 16.4'],
    ['u3', 'grafana rolled back from 11.4.0 to 11.3.0'],
    ['u1', 'mail failed on 1.21.5 and was rolled back to 1.21.4'],
    ['u4', '1 updated, 1 rolled back, 1 left alone: cache, mail and supabase_db_app'],
  ])('%s: %s', (runId, title) => {
    expect(titleOf(find(runId), m)).toBe(title);
  });

  it('is how it ended where it came to no container', () => {
    expect(titleOf({ ...failedRun, containers: [], outcome: 'cancelled' }, m)).toBe(
      'stopped by you',
    );
  });

  it('says of one under way that it is', () => {
    const [only] = failedRun.containers;
    const run = { ...failedRun, endedAt: null, containers: [{ ...only!, result: null }] };
    expect(titleOf(run, m)).toBe('mail is under way');
  });

  it('is marked where anything went wrong', () => {
    expect(wentWrong(find('u1'))).toBe(true);
    expect(wentWrong(find('u4'))).toBe(true);
    expect(wentWrong(find('u5'))).toBe(false);
  });
});

describe('a clean-up or an undoing', () => {
  const ended = (outcome: CleanRun['outcome'], failed: unknown[] = []) =>
    (['clean', 'undo'] as const).map((kind) =>
      wentWrong({ kind, outcome, failed } as CleanRun | UndoRun),
    );

  it.each(['engine-lost', 'interrupted', 'failed', 'unhealthy'] as const)(
    'is marked where it ended as %s',
    (outcome) => {
      expect(ended(outcome)).toEqual([true, true]);
    },
  );

  it('is marked where anything of it failed', () => {
    expect(ended('done', [{}])).toEqual([true, true]);
  });

  it.each([null, 'done', 'cancelled'] as const)('is not where it is %s', (outcome) => {
    expect(ended(outcome)).toEqual([false, false]);
  });
});

test('two updates of one container are two', () => {
  const [db] = find('u5').containers as [UpdatedContainer];
  const again = { ...find('u5'), runId: 'u5-2', containers: [db] };
  expect(updatesIn([find('u5'), again, find('u1'), find('u3')])).toBe(2);
});

describe('what a run replaced', () => {
  const [db] = find('u5').containers as [UpdatedContainer];
  it('can be gone back to while it is kept', () => {
    expect(keptOf(db, rows)?.label).toBe('16.3');
  });
  it('cannot once it is given up, or its container is gone', () => {
    expect(keptOf(db, [])).toBeNull();
    expect(
      keptOf(
        db,
        rows.map((row) => ({ ...row, kept: [] })),
      ),
    ).toBeNull();
  });
  it('is no way back from what was not replaced', () => {
    expect(keptOf({ ...db, result: { state: 'restarted' } }, rows)).toBeNull();
  });
});

describe('the versions of an entry', () => {
  it('stand in its title, or else beside it', () => {
    expect(namesVersions({ state: 'restored' })).toBe(true);
    expect(namesVersions({ state: 'skipped', why: { code: 'gone' } })).toBe(false);
    expect(namesVersions(null)).toBe(false);
  });
});
