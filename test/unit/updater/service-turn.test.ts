import { expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import { ServiceTurn } from '../../../main/services/updater/service/turn.js';
import type { ServiceWork } from '../../../main/services/updater/service/work.js';
import { digest, nodes, service, three, web } from '../domain/swarm/support.js';
import { planOf } from './service-plan.js';

const refusal = new CareenError('engine-error', { status: 500, message: 'raft: no progress' });
const rules = { settle: 20, proveWithin: 50, stuckAfter: 50 };

/** A turn of a service that Swarm was asked to update, where so many looks at it fail. */
async function turnWith(refusals: number) {
  let now = 0;
  const clock = {
    now: () => now,
    after: (ms: number, then: () => void) => {
      queueMicrotask(() => {
        now += ms;
        then();
      });
      return { cancel: () => undefined };
    },
  };
  let looks = 0;
  const done = { version: 12, image: web(2), previousImage: web(1) };
  const engine = {
    events: () => Promise.resolve({ close: () => undefined }),
    serviceNow: () => {
      looks += 1;
      if (looks <= refusals) return Promise.reject(refusal);
      const is = service({ ...done, status: { state: 'completed', message: '' } });
      return Promise.resolve({ service: is, tasks: three(web(2)), nodes });
    },
  };
  const told: unknown[] = [];
  const work = {
    shift: {
      engine,
      leave: new AbortController().signal,
      cancel: new AbortController().signal,
      versions: { serviceReplaced: () => Promise.resolve(), leave: () => Promise.resolve() },
    },
    pen: {
      intent: () => Promise.resolve(),
      outcome: () => undefined,
      result: (result: unknown) => Promise.resolve(void told.push(result)),
    },
    from: { digest: digest(1) },
    to: { digest: digest(2) },
    plan: planOf(rules),
    turned: null,
    back: null,
    asked: true,
  } as unknown as ServiceWork;
  const ground = { auth: () => Promise.resolve(null), back: () => Promise.resolve(null) };
  const turn = new ServiceTurn(ground, clock as never, { back: 1_000, look: 10 });
  return { end: await turn.run(work), told };
}

it('goes on watching where one answer of the engine is no good: Swarm was asked, and goes on', async () => {
  const { end, told } = await turnWith(3);
  expect(end).toEqual({ result: { state: 'updated', proven: true } });
  expect(told).toHaveLength(1);
});

it('is left open where none is any good for long, and never told as not changed', async () => {
  expect(await turnWith(Infinity)).toEqual({ end: { open: 'engine-lost' }, told: [] });
});
