import { describe, expect, it } from 'vitest';
import type { Clock, Timer } from '../../../main/adapters/clock.js';
import { Questions } from '../../../main/services/triggers/questions.js';
import type { Bid } from '../../../main/services/triggers/types.js';
import { Waits } from '../../../main/services/triggers/waits.js';
import { now } from '../domain/arbitrary.js';
import { Stage } from './stage.js';

const bid: Bid = { cause: 'schedule', repository: null };

/** A clock that counts the timers which are set and not cancelled. */
function countingClock() {
  let timers = 0;
  const set = (): Timer => {
    timers += 1;
    return { cancel: () => void (timers -= 1) };
  };
  const clock: Clock = { now: () => now, after: set, every: set };
  return { clock, timers: () => timers };
}

describe('after the end, an answer that was under way', () => {
  it('waits for nothing', () => {
    const { clock, timers } = countingClock();
    const waits = new Waits(() => undefined, clock);
    waits.add(bid, 'gap', null);
    expect([waits.has(bid), timers()]).toEqual([true, 1]);
    waits.close();
    expect(timers()).toBe(0);
    waits.add(bid, 'gap', null);
    expect([waits.has(bid), timers()]).toEqual([false, 0]);
  });

  it('asks nothing', () => {
    const { clock, timers } = countingClock();
    let changes = 0;
    const questions = new Questions(
      () => void (changes += 1),
      () => undefined,
      clock,
    );
    const reclaimable = { min: 1, max: 1, certainty: 'exact' } as const;
    const question = { planId: 'p', why: 'mode', items: 1, reclaimable, at: now } as const;
    const asked = {
      question: { ...question, by: 'schedule' },
      bid,
      free: null,
      policy: '',
      rest: false,
    } as const;
    questions.put(asked);
    expect([changes, timers()]).toEqual([1, 1]);
    questions.close();
    questions.put(null);
    questions.put(asked);
    expect([changes, timers()]).toEqual([1, 0]);
  });

  it('leaves no timer behind, whatever still comes', async () => {
    const stage = new Stage({ policy: 'version: 1\nmode: confirm\n' });
    await stage.quiet();
    stage.triggers.close();
    const set: number[] = [];
    const after = stage.clock.after.bind(stage.clock);
    stage.clock.after = (ms, act) => {
      set.push(ms);
      return after(ms, act);
    };
    stage.triggers.suspending();
    stage.triggers.woke();
    await stage.pause(stage.clock.now() + 3_600_000);
    expect(set).toEqual([]);
  });
});
