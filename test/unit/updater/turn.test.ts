import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import type { StepKind } from '../../../main/domain/update/steps.js';
import { Backward } from '../../../main/services/updater/backward.js';
import { Disturbed, type Forward } from '../../../main/services/updater/forward.js';
import { Reconciling } from '../../../main/services/updater/reconciling.js';
import { Settling } from '../../../main/services/updater/settling.js';
import { Turn } from '../../../main/services/updater/turn.js';
import { TurnBack, type Work } from '../../../main/services/updater/work.js';

const lost = new CareenError('engine-lost', { endpoint: 'x' });

interface Container {
  id: string;
  name: string;
  status: string;
  restartPolicy: string;
}

const always = { Name: 'always' };

/** `web` with what an update has prepared, on an engine that can be taken away. */
function stage(forwardBy: (tries: number) => Promise<void>) {
  const containers = new Map<string, Container>();
  const add = (id: string, name: string, status: string, restartPolicy = 'always') =>
    containers.set(id, { id, name, status, restartPolicy });
  const of = (asked: string) =>
    containers.get(asked) ?? [...containers.values()].find(({ name }) => name === asked) ?? null;
  /** Calls that are still answered; from then on each is lost until the engine is back. */
  let answers = Infinity;
  let comesBack = true;
  const call = <T>(act: () => T): Promise<T> => {
    answers -= 1;
    return answers < 0 ? Promise.reject(lost) : Promise.resolve(act());
  };
  const engine = {
    containerNow: (id: string) => call(() => of(id)),
    removeOwnContainer: (id: string) =>
      call(() => ({ done: containers.delete(id), status: 404, message: '' })),
    setRestartPolicy: (id: string, policy: { Name: string }) =>
      call(() => void Object.assign(of(id) ?? {}, { restartPolicy: policy.Name })),
    renameContainer: (id: string, name: string) =>
      call(() => Object.assign(of(id) ?? {}, { name })),
    startContainer: (id: string) =>
      call(() => void Object.assign(of(id) ?? {}, { status: 'running' })),
  };
  const ground = {
    back: (_engine: unknown, _why: unknown, _deadline: number, signal: AbortSignal) => {
      if (!comesBack || signal.aborted) return Promise.resolve(null);
      answers = Infinity;
      return Promise.resolve(engine as never);
    },
  };
  const written: string[] = [];
  const steps: StepKind[] = ['create', 'restart-policy-off', 'stop', 'rename', 'start', 'prove'];
  const never = new AbortController().signal;
  const work = {
    engine,
    plan: {
      steps,
      kind: 'update',
      id: 'old',
      container: 'web',
      running: true,
      autoRemove: false,
      remake: false,
      restartPolicy: always,
      temporary: 'web-next',
      aside: 'web-aside',
      again: 'web-again',
    },
    begun: new Set<StepKind>(),
    done: new Set<StepKind>(),
    nextId: 'new',
    againId: null,
    moved: false,
    proven: false,
    takenUp: false,
    wasLost: false,
    turned: null,
    downSince: null,
    downFor: null,
    leave: never,
    cancel: never,
    pen: {
      turned: () => Promise.resolve(),
      outcome: () => undefined,
      result: ({ state }: { state: string }) => Promise.resolve(void written.push(state)),
    },
  } as unknown as Work;
  /** What it writes down of kept versions asks the engine, too. */
  const book = () => call(() => undefined);
  const books = {
    takenOver: book,
    takenBack: book,
    done: () => call(() => ({ state: 'updated', proven: true })),
    leftHalf: () => Promise.resolve(),
  };
  const volumes = { takeBack: () => Promise.resolve(), clear: () => Promise.resolve() };
  let tries = 0;
  const forward = { run: () => forwardBy(++tries) } as unknown as Forward;
  const turn = new Turn(
    forward,
    new Backward(ground, volumes as never, { back: 1 }),
    new Reconciling(),
    books as never,
    {} as never,
    { now: () => 0 } as never,
    ground,
    { back: 1 },
  );
  return {
    work,
    turn,
    add,
    written,
    containers: () => [...containers.values()],
    done: (...kinds: StepKind[]) =>
      kinds.forEach((kind) => work.begun.add(kind) && work.done.add(kind)),
    loseAfter: (calls: number, back = true) => {
      answers = calls;
      comesBack = back;
    },
    tries: () => tries,
  };
}

/** Someone stopped or renamed the old one right before its update would have. */
function prepared(deed: 'renamed' | 'stopped') {
  const on = stage((tries) =>
    tries === 1 ? Promise.reject(new Disturbed(deed)) : Promise.resolve(),
  );
  on.done('create', 'restart-policy-off');
  on.add(
    'old',
    deed === 'renamed' ? 'mine' : 'web',
    deed === 'renamed' ? 'running' : 'exited',
    'no',
  );
  on.add('new', 'web-next', 'created');
  return on;
}

describe('someone else acted, and the engine goes away', () => {
  // A look is four calls, there are two, and two acts follow.
  it.each([0, 3, 4, 7, 8, 9, 10])(
    'after %d calls: theirs stands, as they left it',
    async (calls) => {
      const on = prepared('renamed');
      on.loseAfter(calls);
      expect(await on.turn.run(on.work)).toEqual({
        result: { state: 'taken-over', by: 'renamed' },
      });
      expect(on.containers()).toEqual([
        { id: 'old', name: 'mine', status: 'running', restartPolicy: 'always' },
      ]);
    },
  );

  it.each([0, 3, 4, 7, 8, 9, 10])(
    'after %d calls for good: what is left to do is taken up later',
    async (calls) => {
      const on = prepared('renamed');
      on.loseAfter(calls, false);
      expect(await on.turn.run(on.work)).toEqual({ open: 'engine-lost' });
      expect(on.written).toEqual([]);
    },
  );

  it('goes on where it was the engine that stopped it as it ended', async () => {
    const on = prepared('stopped');
    on.loseAfter(0);
    expect(await on.turn.run(on.work)).toEqual({ result: { state: 'updated', proven: true } });
    expect(on.tries()).toBe(2);
  });
});

describe('an engine that goes away as a turn ends', () => {
  it('is waited for where all of it was taken back', async () => {
    const why = { state: 'skipped', why: { code: 'interrupted' } } as const;
    const on = stage(() => Promise.reject(new TurnBack(why)));
    on.add('old', 'web', 'running');
    // What Backward asks before and after.
    on.loseAfter(4);
    expect(await on.turn.run(on.work)).toEqual({ result: why });
  });

  it('is waited for where it is done', async () => {
    const on = stage(() => Promise.resolve());
    on.loseAfter(0);
    expect(await on.turn.run(on.work)).toEqual({ result: { state: 'updated', proven: true } });
  });
});

describe('a turn that was cut off after someone else acted', () => {
  it('leaves what they stopped, and what they removed', async () => {
    for (const deed of ['stopped', 'removed'] as const) {
      const on = prepared('stopped');
      if (deed === 'removed') await on.work.engine.removeOwnContainer('old');
      on.work.turned = { state: 'taken-over', by: deed };
      await taken(on);
      expect(on.written).toEqual(['taken-over']);
      expect(on.containers()).toEqual(
        deed === 'removed'
          ? []
          : [{ id: 'old', name: 'web', status: 'exited', restartPolicy: 'always' }],
      );
    }
  });
});

/** Recovery's part. */
async function taken({ work, turn }: ReturnType<typeof stage>): Promise<void> {
  const worker = { turn, resumed: () => work } as never;
  const told = { undertaken: work.plan };
  const begun = { runId: 'run', containers: [], dependants: [] };
  const run = { begun, containers: [told], services: [], untried: [] } as never;
  const journal = { containersOf: () => new Map() } as never;
  const shift = { engine: work.engine } as never;
  expect(await new Settling(worker, journal).settle(shift, run, 'quick')).toBe(true);
}
