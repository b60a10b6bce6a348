import { describe, expect, it } from 'vitest';
import type { RunProgress } from '../../../main/contract/slices.js';
import { Progress } from '../../../main/services/runs-progress.js';
import { TestClock } from '../../support/clock.js';

/** Times that a run tells of itself while each 10 ms for 10 s an item is settled. */
function toldBy(items: number): RunProgress[] {
  const clock = new TestClock(0);
  const told: RunProgress[] = [];
  const run = { runId: 'r1', signal: new AbortController().signal };
  const progress = new Progress({ kind: 'clean', subject: 'p1', run, token: null }, clock, (now) =>
    told.push(now),
  );
  const reclaimable = { min: 1, max: 1, certainty: 'exact' as const };
  progress.items(
    Array.from({ length: items }, (_, n) => ({
      kind: 'image' as const,
      id: `sha256:${n}`,
      refs: [],
      reclaimable,
    })),
  );
  for (let n = 0; n < 1000; n++) {
    progress.settled(`sha256:${n % items}`, { state: 'removed' });
    clock.advance(10);
  }
  progress.close();
  return told;
}

describe('how far a run is', () => {
  it('is told ten times a second', () => {
    expect(toldBy(300).length).toBeGreaterThanOrEqual(90);
  });

  it('is told more seldom the more it carries, and ends at the last state', () => {
    const told = toldBy(3500);
    expect(told.length).toBeLessThanOrEqual(15);
    expect(told.at(-1)?.done).toBeGreaterThan(900);
  });

  it('is told at once when a phase begins', () => {
    const clock = new TestClock(0);
    const told: RunProgress[] = [];
    const run = { runId: 'r1', signal: new AbortController().signal };
    const of = { kind: 'clean' as const, subject: 'p1', run, token: null };
    const progress = new Progress(of, clock, (now) => told.push(now));
    progress.phase('removing');
    expect(told.at(-1)?.phase).toBe('removing');
    progress.close();
  });
});
