import { describe, expect, it } from 'vitest';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import type { ServiceFacts, TaskFacts, UpdateState } from '../../../main/domain/swarm/types.js';
import { ServiceAsking } from '../../../main/services/updater/service/asking.js';
import { ServiceForward } from '../../../main/services/updater/service/forward.js';
import type { ServiceWork } from '../../../main/services/updater/service/work.js';
import { Watch } from '../../../main/services/updater/watch.js';
import { LeftOpen } from '../../../main/services/updater/work.js';
import { nodes, service, task, three, web } from '../domain/swarm/support.js';
import { planOf } from './service-plan.js';

/** One look at a service, at a moment of the clock's. */
interface Look {
  at: number;
  service: Partial<ServiceFacts>;
  tasks?: TaskFacts[];
  /** What is done right after it. */
  then?: 'cancel' | 'leave';
}

const ours = (state: UpdateState) => ({
  version: 12,
  image: web(2),
  previousImage: web(1),
  status: { state, message: '' },
});
const back = (state: UpdateState) => ({ ...ours(state), image: web(1), previousImage: null });
const rules = { settle: 30, proveWithin: 50, stuckAfter: 50 };

/** An update that was asked for, seen at one moment after another; the last one lasts. */
async function goesOn(looks: Look[]) {
  const cancel = new AbortController();
  const leave = new AbortController();
  let n = 0;
  let now = 0;
  const engine = {
    serviceNow: () => {
      const look = looks[Math.min(n, looks.length - 1)];
      if (!look || n > looks.length + 50) throw new Error('it never ends');
      n += 1;
      now = n > looks.length ? now + 10 : look.at;
      if (look.then === 'leave') leave.abort();
      if (look.then !== undefined) cancel.abort();
      const is = service(look.service);
      return Promise.resolve({ service: is, tasks: look.tasks ?? three(is.image), nodes });
    },
  };
  const turned: unknown[] = [];
  const work = {
    shift: { engine, leave: leave.signal, cancel: cancel.signal },
    pen: {
      intent: () => Promise.resolve(),
      outcome: () => undefined,
      serviceTurned: (...how: unknown[]) => Promise.resolve(void turned.push(how)),
    },
    plan: planOf(rules),
    turned: null,
    back: null,
    asked: true,
  } as unknown as ServiceWork;
  const asking = new ServiceAsking({ auth: () => Promise.resolve(null) });
  const clock = { now: () => now } as never;
  const watch = Object.assign(new Watch(), { news: () => Promise.resolve() });
  const end = await new ServiceForward(asking, clock, 1).run(work, watch).catch((e: unknown) => e);
  return { end, turned, work, looks: n };
}

const cancelled: UpdateResult = { state: 'rolled-back', why: { code: 'cancelled' }, log: [] };
const half = [task('a', 1, { image: web(2), state: 'starting' }), task('b', 2), task('c', 3)];

describe("Swarm's own way back", () => {
  const old = (n: number) => three(web(1)).slice(0, n);

  it('is left to it as long as one more task runs, and is taken over once it gets no further', async () => {
    const going = [0, 90, 180, 270].map((at, n): Look => {
      return { at, service: back('rollback_started'), tasks: old(n) };
    });
    const whole = await goesOn([...going, { at: 300, service: back('rollback_completed') }]);
    expect(whole.end).toMatchObject({ result: { state: 'rolled-back', why: { code: 'swarm' } } });
    const [first, second] = going;
    if (!first || !second) throw new Error('no looks');
    const stands = await goesOn([first, second, { ...second, at: 190 }, { ...second, at: 191 }]);
    expect(stands.end).toMatchObject({ back: { state: 'rolled-back', why: { code: 'swarm' } } });
    expect(stands.looks).toBe(4);
  });
});

describe('a cancel of an update that Swarm was asked for', () => {
  it('turns it back while Swarm is at work, and is on record before anything is asked', async () => {
    const { end, turned, work } = await goesOn([
      { at: 10, service: ours('updating'), tasks: half, then: 'cancel' },
    ]);
    expect(end).toEqual({ back: cancelled });
    expect(turned).toEqual([[cancelled, null]]);
    expect(work.turned).toEqual(cancelled);
  });

  it('turns it back while it is proved', async () => {
    const { end } = await goesOn([
      { at: 10, service: ours('completed') },
      { at: 20, service: ours('completed'), then: 'cancel' },
    ]);
    expect(end).toEqual({ back: cancelled });
  });

  it('comes too late for one that is proven', async () => {
    const { end, turned } = await goesOn([
      { at: 10, service: ours('completed') },
      { at: 40, service: ours('completed'), then: 'cancel' },
    ]);
    expect(end).toEqual({ result: { state: 'updated', proven: true } });
    expect(turned).toEqual([]);
  });

  it('leaves what Swarm takes back by itself to it', async () => {
    const { end, turned } = await goesOn([
      { at: 10, service: back('rollback_started'), tasks: half, then: 'cancel' },
      { at: 20, service: back('rollback_completed') },
    ]);
    expect(end).toMatchObject({ result: { state: 'rolled-back', why: { code: 'swarm' } } });
    expect(turned).toEqual([]);
  });

  it("is none where Careen's own end ends the run: it is taken up later", async () => {
    const { end, turned } = await goesOn([
      { at: 10, service: ours('updating'), tasks: half, then: 'leave' },
    ]);
    expect(end).toBeInstanceOf(LeftOpen);
    expect(turned).toEqual([]);
  });

  it('waits for what may still be written before it says that nothing was changed', async () => {
    const asIs = { version: planOf(rules).version, image: web(1) };
    const late = await goesOn([
      { at: 10, service: asIs, then: 'cancel' },
      { at: 20_000, service: asIs },
      { at: 20_010, service: ours('updating'), tasks: half },
    ]);
    expect(late.end).toEqual({ back: cancelled });
    const never = await goesOn([
      { at: 10, service: asIs, then: 'cancel' },
      { at: 29_000, service: asIs },
      { at: 30_000, service: asIs },
    ]);
    expect(never.looks).toBe(3);
    expect(never.end).toMatchObject({ result: { state: 'skipped', why: { code: 'cancelled' } } });
    expect(never.turned).toEqual([]);
  });
});
