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
  expect(question).toMatchObject({ rows: [{ container: 'web' }], left: 1 });
  await state.update(question.rows.map(asShown));
  expect(sent).toEqual([
    [
      'update.run',
      { containers: [{ container: 'web', shown: version('16.6', 6).digest }], copy: [] },
    ],
  ]);
  expect(state.question).toBeNull();
});
