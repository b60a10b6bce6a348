import { describe, expect, it } from 'vitest';
import { progressTo } from '../../../main/cli/progress.js';
import type { Terminal } from '../../../main/cli/terminal.js';
import type { RunProgress, RunSlice } from '../../../main/contract/slices.js';
import { messages } from '../../../main/messages/index.js';

type State = RunProgress['items'][number]['state'];

function slice(runId: string, states: Record<string, State>): RunSlice {
  const items = Object.entries(states).map(([name, state]) => ({
    kind: 'image' as const,
    id: `sha256:${name.padEnd(64, '0')}`,
    refs: [name],
    state,
    skip: state === 'skipped' ? ({ code: 'gone' } as const) : null,
    reclaimable: { min: 1, max: 1, certainty: 'exact' as const },
  }));
  const done = items.filter(({ state }) => state !== 'waiting' && state !== 'working').length;
  const current = {
    runId,
    kind: 'clean' as const,
    planId: '7f3a',
    token: null,
    startedAt: 0,
    phase: 'removing' as const,
    slowed: null,
    cancelling: false,
    done,
    total: items.length,
    items,
  };
  return { current, queued: 0, last: null, question: null, next: null, update: null };
}

/** A terminal that keeps what it is told beside the answer. */
function noting(live: boolean) {
  const notes: string[] = [];
  const terminal: Pick<Terminal, 'note' | 'status'> = {
    note: (line) => notes.push(line),
    status: live ? () => undefined : null,
  };
  return { notes, progress: progressTo(terminal as Terminal, messages('en'), () => '') };
}

describe('the progress of a run on the command line', () => {
  it('counts items in the order in which they end', () => {
    const { notes, progress } = noting(false);
    progress.tell(slice('1', { 'a:1': 'removed', 'b:1': 'working', 'c:1': 'working' }));
    progress.tell(slice('1', { 'a:1': 'removed', 'b:1': 'working', 'c:1': 'removed' }));
    progress.tell(slice('1', { 'a:1': 'removed', 'b:1': 'removed', 'c:1': 'removed' }));
    expect(notes).toEqual(['1 of 3: removed a:1', '2 of 3: removed c:1', '3 of 3: removed b:1']);
  });

  it("counts another's run that it waits for by itself", () => {
    const { notes, progress } = noting(false);
    progress.tell(slice('1', { 'a:1': 'removed', 'b:1': 'removed' }));
    progress.tell(slice('2', { 'a:1': 'skipped', 'c:1': 'working' }));
    progress.tell(slice('2', { 'a:1': 'skipped', 'c:1': 'removed' }));
    expect(notes).toEqual([
      '1 of 2: removed a:1',
      '2 of 2: removed b:1',
      expect.stringMatching(/^1 of 2: skipped a:1\. /),
      '2 of 2: removed c:1',
    ]);
  });

  it('gives lines of their own on a terminal only to what went otherwise', () => {
    const { notes, progress } = noting(true);
    progress.tell(slice('1', { 'a:1': 'removed', 'b:1': 'working', 'c:1': 'failed' }));
    expect(notes).toEqual(['2 of 3: failed c:1']);
  });
});
