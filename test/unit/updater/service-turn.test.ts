import { expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import { ServiceTurn } from '../../../main/services/updater/service/turn.js';
import type { ServiceWork } from '../../../main/services/updater/service/work.js';
import { digest, nodes, service, three, web } from '../domain/swarm/support.js';
import { planOf } from './service-plan.js';

const refusal = new CareenError('engine-error', { status: 500, message: 'raft: no progress' });
const rules = { settle: 20, proveWithin: 50, stuckAfter: 50 };

const silent = new CareenError('swarm-silent', { endpoint: 'unix:///d.sock' });

interface Circumstances {
  /** As what so many looks at the service fail. */
  refusal?: CareenError;
  /** What the engine says of its swarm; null: it is in none. */
  swarm?: object | null | CareenError;
  recovered?: boolean;
  /** Whether an engine that went away is back at once. */
  returns?: boolean;
}

/** A turn of a service that Swarm was asked to update, where so many looks at it fail. */
async function turnWith(
  refusals: number,
  { refusal: why = refusal, swarm = {}, recovered = false, returns = false }: Circumstances = {},
) {
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
    facts: { endpoint: 'unix:///d.sock' },
    swarm: () => (swarm instanceof CareenError ? Promise.reject(swarm) : Promise.resolve(swarm)),
    serviceWhole: () => Promise.reject(why),
    serviceNow: () => {
      looks += 1;
      if (looks <= refusals) return Promise.reject(why);
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
  const back = (one: unknown, _why: unknown, _deadline: number, signal: AbortSignal) =>
    Promise.resolve(returns && !signal.aborted ? (one as DockerEngine) : null);
  const ground = { auth: () => Promise.resolve(null), back };
  const turn = new ServiceTurn(ground, clock as never, { back: 1_000, look: 10 });
  return { end: await turn.run(work, recovered), told };
}

it('goes on watching where one answer of the engine is no good: Swarm was asked, and goes on', async () => {
  const { end, told } = await turnWith(3);
  expect(end).toEqual({ result: { state: 'updated', proven: true } });
  expect(told).toHaveLength(1);
});

it('is left open where none is any good for long, and never told as not changed', async () => {
  expect(await turnWith(Infinity)).toEqual({ end: { open: 'engine-lost' }, told: [] });
});

it('has failed once the engine says that it left the swarm, when it is taken up again', async () => {
  const { end, told } = await turnWith(Infinity, { refusal: silent, swarm: null, recovered: true });
  const error = { code: 'swarm-left', details: { endpoint: 'unix:///d.sock' } };
  expect(end).toMatchObject({ result: { state: 'failed', error } });
  expect(told).toHaveLength(1);
});

it.each([
  ['no manager answers', {}, true],
  ['the engine does not say', new CareenError('engine-lost', { endpoint: 'x' }), true],
  ['it has only just begun', null, false],
] as const)('is left open while %s', async (_what, swarm, recovered) => {
  const { end, told } = await turnWith(Infinity, { refusal: silent, swarm, recovered });
  expect([end, told]).toEqual([{ open: 'engine-lost' }, []]);
});

it('goes on where the engine went away once, and is left open where it does again', async () => {
  const lost = new CareenError('engine-silent', { endpoint: 'unix:///d.sock', seconds: 1 });
  const once = await turnWith(1, { refusal: lost, returns: true });
  expect(once.end).toEqual({ result: { state: 'updated', proven: true } });
  const again = await turnWith(50, { refusal: lost, returns: true });
  expect(again).toEqual({ end: { open: 'engine-lost' }, told: [] });
});
