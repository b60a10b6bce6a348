import { expect, test } from 'vitest';
import type { HistoryRun } from '../../../main/contract/runs.js';
import { SoughtRun } from '../../../renderer/app/history/sought.svelte.js';
import type { Call } from '../../../renderer/app/state/caller.js';

/** A search whose questions are answered one by one. */
function stage() {
  const waiting: ((answer: unknown) => void)[] = [];
  const call = (() => new Promise((resolve) => waiting.push(resolve))) as unknown as Call;
  const run = (runId: string) => ({ runId }) as HistoryRun;
  return { sought: new SoughtRun(call), waiting, run };
}

test('a run that could not be asked for is not looked for for ever, and can be again', async () => {
  const { sought, waiting, run } = stage();
  const first = sought.seek('a');
  expect(sought.of('a')).toBeNull();
  waiting[0]?.(null);
  await first;
  expect(sought.of('a')).toMatchObject({ run: null, failed: true });
  const second = sought.seek('a');
  expect(sought.of('a')).toBeNull();
  waiting[1]?.({ runs: [run('a')] });
  await second;
  expect(sought.of('a')).toMatchObject({ run: run('a'), failed: false });
});

test('a run that is not kept is told from one that could not be asked for', async () => {
  const { sought, waiting } = stage();
  const asked = sought.seek('a');
  waiting[0]?.({ runs: [] });
  await asked;
  expect(sought.of('a')).toMatchObject({ run: null, failed: false });
});

test('a late answer about one run does not take the place of the next one', async () => {
  const { sought, waiting, run } = stage();
  const first = sought.seek('a');
  const second = sought.seek('b');
  waiting[1]?.({ runs: [run('b')] });
  await second;
  waiting[0]?.({ runs: [run('a')] });
  await first;
  expect(sought.of('b')).toMatchObject({ run: run('b') });
  expect(sought.of('a')).toBeNull();
});
