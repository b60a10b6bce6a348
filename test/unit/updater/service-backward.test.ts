import { describe, expect, it } from 'vitest';
import type { ServiceWrite } from '../../../main/adapters/docker/swarm/write.js';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { ServiceFacts, TaskFacts } from '../../../main/domain/swarm/types.js';
import { ServiceAsking } from '../../../main/services/updater/service/asking.js';
import { ServiceBackward } from '../../../main/services/updater/service/backward.js';
import type { ServiceWork } from '../../../main/services/updater/service/work.js';
import { Watch } from '../../../main/services/updater/watch.js';
import { digest, nodes, service, task, three, web } from '../domain/swarm/support.js';
import { planOf } from './service-plan.js';

const rolledBack: UpdateResult = {
  state: 'rolled-back',
  why: { code: 'stuck', by: 'pending', message: '' },
  log: [],
};
const ours = { version: 12, image: web(2), previousImage: web(1) };
const back = { by: 'engine', image: web(1), from: web(2), version: 12 } as const;
const helper = new CareenError('helper-failed', { helper: 'pass', why: 'failed' });
const silent = new CareenError('registry-silent', { registry: 'r', seconds: 60 });

const refusal = new CareenError('engine-error', { status: 400, message: 'no previous spec' });

interface Swarm {
  service?: Partial<ServiceFacts>;
  /** Whether the registry gives the old image, or how it fails; `helper` is of its credentials. */
  registry?: boolean | CareenError;
  /** Whether this node has the old image, of which no task tells. */
  isHere?: boolean;
  /** What ended before. */
  history?: TaskFacts[];
  /** The engine says no to whatever is asked. */
  refuses?: boolean;
  /** Someone writes it right before it is asked: once. */
  meanwhile?: Partial<ServiceFacts>;
}

/** A service on its way back, whose tasks all run what its Spec has; gives how Swarm was asked. */
async function goesBack(swarm: Swarm, change: Partial<ServiceWork> = {}, kind = 'update') {
  let now = service({ ...ours, ...swarm.service });
  let { meanwhile } = swarm;
  const asked: string[] = [];
  const tasksNow = () => [...(swarm.history ?? []), ...three(now.image)];
  const engine = {
    serviceWhole: () => Promise.resolve({ service: now, spec: specOf(now.image) }),
    serviceNow: () => Promise.resolve({ service: now, tasks: tasksNow(), nodes }),
    distribution: () => {
      if (swarm.registry === silent) return Promise.reject(silent);
      return Promise.resolve(swarm.registry === true ? { platforms: [] } : null);
    },
    resolve: () => Promise.resolve(swarm.isHere === true ? digest(1) : null),
    swarm: () => Promise.resolve({ services: [], nodeId: 'node1' }),
    writeService: ({ spec, back: isRollback }: ServiceWrite) => {
      if (swarm.refuses === true) return Promise.reject(refusal);
      if (meanwhile) {
        now = { ...now, version: now.version + 1, ...meanwhile };
        meanwhile = undefined;
        return Promise.reject(new CareenError('service-changed', { service: 'web' }));
      }
      asked.push(isRollback ? 'rollback' : imageIn(spec));
      const status = { state: isRollback ? 'rollback_completed' : 'completed', message: '' };
      const next = { image: web(1), previousImage: now.image, version: now.version + 1 };
      now = { ...now, ...next, status } as ServiceFacts;
      return Promise.resolve();
    },
  };
  const auth = () => (swarm.registry === helper ? Promise.reject(helper) : Promise.resolve(null));
  let at = 0;
  const clock = { now: () => (at += 1) } as never;
  const never = new AbortController().signal;
  const work = {
    shift: { engine, leave: never, cancel: never },
    pen: { serviceTurned: () => Promise.resolve() },
    plan: planOf({ settle: 0, proveWithin: 50, stuckAfter: 50 }, kind),
    turned: null,
    back: null,
    asked: true,
    ...change,
  } as unknown as ServiceWork;
  const hands = new ServiceBackward(new ServiceAsking({ auth }), { auth }, clock, 1);
  const watch = Object.assign(new Watch(), { news: () => Promise.resolve() });
  const end = await hands.run(work, rolledBack, watch).then(
    () => 'back',
    (e: unknown) => e,
  );
  return { end, asked };
}

const specOf = (Image: string) => ({ TaskTemplate: { ContainerSpec: { Image } } });
const imageIn = (spec: object) =>
  (spec as ReturnType<typeof specOf>).TaskTemplate.ContainerSpec.Image;

const takenOver = (by: string) => ({ result: { state: 'taken-over', by } });
const noImage = { code: 'service-not-back', details: { why: 'no-image' } };

describe("a service's way back", () => {
  it('is asked for again where Swarm was not reached', async () => {
    const { end, asked } = await goesBack({ registry: true }, { turned: rolledBack, back });
    expect([end, asked]).toEqual(['back', ['rollback']]);
  });

  it('is not asked for a second time of what someone else did since', async () => {
    const theirs = { version: 15 };
    const { end, asked } = await goesBack({ service: theirs }, { turned: rolledBack, back });
    expect(end).toMatchObject(takenOver('written'));
    expect(asked).toEqual([]);
  });

  it('is asked for again where its state moved, and by an update where its Spec was written', async () => {
    const moved = await goesBack({ registry: true, meanwhile: {} });
    expect([moved.end, moved.asked]).toEqual(['back', ['rollback']]);
    const written = await goesBack({ registry: true, meanwhile: { previousImage: web(2) } });
    expect([written.end, written.asked]).toEqual(['back', [web(1)]]);
  });

  it('is told as what it is where Swarm refuses it: not back, or for a person not changed', async () => {
    const failed = await goesBack({ registry: true, refuses: true });
    const details = { why: 'refused', message: 'no previous spec' };
    expect(failed.end).toMatchObject({ code: 'service-not-back', details });
    const person = await goesBack({ registry: true, refuses: true }, {}, 'rollback');
    expect(person.end).toMatchObject({
      result: { state: 'failed', error: { code: 'engine-error' } },
    });
  });

  it('leaves a version that someone else put there before it was asked', async () => {
    const theirs = { service: { version: 15, image: web(3), previousImage: web(2) } };
    const { end, asked } = await goesBack(theirs, {}, 'rollback');
    expect(end).toMatchObject(takenOver('image'));
    expect(asked).toEqual([]);
  });

  it('is gone with no registry, unless a person leaves what runs well', async () => {
    const failed = await goesBack({});
    expect([failed.end, failed.asked]).toEqual(['back', ['rollback']]);
    const person = await goesBack({}, {}, 'rollback');
    expect(person.end).toMatchObject(noImage);
    expect(person.asked).toEqual([]);
    const given = await goesBack({ registry: true }, {}, 'rollback');
    expect([given.end, given.asked]).toEqual(['back', ['rollback']]);
  });

  it('needs no registry where each node has the image, and this one is asked itself', async () => {
    const history = [2, 3].map((slot) => task(`old${slot}`, slot, { state: 'shutdown' }));
    const all = await goesBack({ history, isHere: true }, {}, 'rollback');
    expect([all.end, all.asked]).toEqual(['back', ['rollback']]);
    const gone = await goesBack({ history: three(web(1), { state: 'shutdown' }) }, {}, 'rollback');
    expect(gone.end).toMatchObject(noImage);
  });

  it.each([
    ['a failing credential helper', helper],
    ['a registry that stalls', silent],
  ])('counts %s as a registry that does not give it', async (_, registry) => {
    const unpinned = { previousImage: web(2) };
    const failed = await goesBack({ service: unpinned, registry });
    expect([failed.end, failed.asked]).toEqual(['back', [web(1)]]);
    const person = await goesBack({ registry }, {}, 'rollback');
    expect(person.end).toMatchObject(noImage);
  });
});
