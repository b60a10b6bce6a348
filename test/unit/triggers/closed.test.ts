import { describe, expect, it } from 'vitest';
import type { Clock, Timer } from '../../../main/adapters/clock.js';
import { lostImages } from '../../../main/domain/plan/lost.js';
import { Runs } from '../../../main/services/runs.js';
import { Questions } from '../../../main/services/triggers/questions.js';
import type { Bid } from '../../../main/services/triggers/types.js';
import { Waits } from '../../../main/services/triggers/waits.js';
import { now } from '../domain/arbitrary.js';
import { Stage } from './stage.js';

const bid: Bid = { cause: 'schedule', repository: null };

const auto = `version: 1
mode: auto
remove:
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
triggers:
  schedule: "0 12 * * *"
  pressure: { high: 85%, low: 75%, cooldown: 6h }
`;
const missed = { pattern: '0 12 * * *', answered: now - 5 * 86_400_000 };

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
    const lost = lostImages([]);
    const question = { planId: 'p', why: 'mode', items: 1, reclaimable, lost, at: now } as const;
    const asked = {
      question: { ...question, by: 'schedule' },
      made: now,
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

  it.each(['schedule', 'pressure', 'after-update'] as const)(
    'begins no run (%s), and is made up for after another start',
    async (cause) => {
      const stage = new Stage({ policy: auto, remembered: { scheduled: missed } });
      stage.disk = { used: 90e9, available: 10e9 };
      stage.whileAsking = () => stage.triggers.close();
      if (cause === 'schedule') await stage.pass(2 * 60_000);
      else await stage.fire(cause);
      expect(stage.asked).toHaveLength(1);
      expect([stage.ran, stage.failures]).toEqual([[], []]);
      expect(stage.remembered.scheduled).toEqual(missed);
      expect(stage.remembered.pressure.armed).toBe(true);
    },
  );
});

describe('the queue of runs', () => {
  it('takes nothing more after its end', async () => {
    const runs = new Runs(() => Promise.resolve());
    let begun = 0;
    const work = () => Promise.resolve((begun += 1));
    await runs.enqueue(work);
    await runs.close();
    await expect(runs.enqueue(work)).rejects.toMatchObject({ code: 'run-cancelled' });
    expect([begun, runs.busy]).toEqual([1, false]);
  });

  it('cancels what is under way and takes nothing more from the moment it is stopped', async () => {
    const runs = new Runs(() => Promise.resolve());
    const isCancelled = await runs.enqueue(({ signal }) => {
      runs.stop();
      return Promise.resolve(signal.aborted);
    });
    expect(isCancelled).toBe(true);
    const later = runs.enqueue(() => Promise.resolve());
    await expect(later).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(await runs.atOnce(() => Promise.resolve())).toBe(false);
  });
});
