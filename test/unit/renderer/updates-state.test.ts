import { expect, it } from 'vitest';
import type { CareenApi } from '../../../preload/api.js';
import { asShown } from '../../../main/contract/pending.js';
import type { Call } from '../../../renderer/app/state/caller.js';
import { UpdatesState } from '../../../renderer/app/updates/state.svelte.js';
import { row, version } from '../../support/update-samples.js';

it('"Update all" sends what it listed when it was asked, each in the version shown', async () => {
  const sent: unknown[] = [];
  const call = ((name: string, params: unknown) => {
    sent.push([name, params]);
    return Promise.resolve(null);
  }) as unknown as Call;
  const state = new UpdatesState({} as CareenApi, { call, told: () => undefined });
  const rows = [row(), row({ container: 'cache', state: 'exited' })];
  state.askAll(rows, null);
  // What a check finds while the question is open.
  rows.push(row({ container: 'later' }));
  const { question } = state;
  if (question?.ask !== 'all') throw new Error('nothing is asked');
  expect(question).toMatchObject({ rows: [{ container: 'web' }], left: [{ container: 'cache' }] });
  await state.update(question.rows.map(asShown));
  expect(sent).toEqual([
    [
      'update.run',
      {
        containers: [{ container: 'web', ofAll: true, shown: version('16.6', 6).digest }],
        copy: [],
      },
    ],
  ]);
  expect(state.question).toBeNull();
});

it('looks at what each of all would change, a few at once, and again at what failed', async () => {
  const looked: string[] = [];
  const answers: (() => void)[] = [];
  const api = {
    call: (_: string, { container }: { container: string }) => {
      looked.push(container);
      return new Promise((done) => {
        answers.push(() => done({ ok: false, error: { code: 'gone', details: {} } }));
      });
    },
  } as unknown as CareenApi;
  const state = new UpdatesState(api, { call: (() => null) as never, told: () => undefined });
  const rows = ['a', 'b', 'c', 'd', 'e'].map((container) => row({ container, id: container }));
  state.askAll(rows, null);
  const all = state.lookAll(rows);
  expect(looked).toEqual(['a', 'b', 'c']);
  answers.shift()?.();
  await expect.poll(() => looked).toEqual(['a', 'b', 'c', 'd']);
  // The question is closed: what is not asked for yet is not.
  state.question = null;
  for (const answer of answers) answer();
  await all;
  expect(looked).toHaveLength(4);
  state.askAll(rows, null);
  void state.lookAll(rows);
  expect(looked.slice(4)).toEqual(['a', 'b', 'c']);
  expect(state.previewOf(rows[0]!)?.state).toBe('asking');
});

it('keeps the copy that was ticked for another container, until that one is updated', async () => {
  const sent: unknown[] = [];
  const call = ((_: string, { copy }: { copy: string[] }) => {
    sent.push(copy);
    return Promise.resolve(null);
  }) as unknown as Call;
  const state = new UpdatesState({} as CareenApi, { call, told: () => undefined });
  state.copy('db', true);
  state.copy('web', true);
  await state.update([asShown(row())]);
  expect([...state.copies]).toEqual(['db']);
  await state.update([asShown(row({ container: 'db' }))]);
  expect(sent).toEqual([['web'], ['db']]);
  expect(state.copies.size).toBe(0);
});

it('asks again for the older runs of a container that could not be had, and once for those that could', async () => {
  const answers = [null, { runs: [{ kind: 'update', runId: 'r1' }, { kind: 'clean' }] }];
  let asked = 0;
  const call = (() => Promise.resolve(answers[asked++] ?? null)) as unknown as Call;
  const state = new UpdatesState({} as CareenApi, { call, told: () => undefined });
  await state.askOlder('web');
  expect(state.olderRuns('web')).toEqual([]);
  await state.askOlder('web');
  await state.askOlder('web');
  expect(state.olderRuns('web')).toEqual([{ kind: 'update', runId: 'r1' }]);
  expect(asked).toBe(2);
});
