import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import { Backward } from '../../../main/services/updater/backward.js';
import { Finishing } from '../../../main/services/updater/finishing.js';
import { Disturbed, Forward, type Hands } from '../../../main/services/updater/forward.js';
import { Hooks } from '../../../main/services/updater/hooks.js';
import type { StepKind } from '../../../main/domain/update/steps.js';
import { LeftOpen, type Work } from '../../../main/services/updater/work.js';

const place = { web: 'new', new: 'new', old: 'old' } as Record<string, string>;
const names = { new: 'web', old: 'web-aside' } as Record<string, string>;

const containerNow = (asked: string) => {
  const id = place[asked];
  const status = id === 'old' ? 'exited' : 'running';
  return Promise.resolve(id ? { id, name: names[id], status, restartPolicy: 'no' } : null);
};

/** The work on `web` after some steps are done. */
function workAfter(done: StepKind[], steps: StepKind[], engine: object = {}) {
  const [leave, cancel] = [new AbortController(), new AbortController()];
  const outcomes: string[] = [];
  const work = {
    engine: { containerNow, ...engine },
    plan: {
      steps: [...done, ...steps],
      kind: 'update',
      id: 'old',
      container: 'web',
      running: true,
      autoRemove: false,
      temporary: 'web-next',
      aside: 'web-aside',
      again: 'web-again',
    },
    begun: new Set(done),
    done: new Set(done),
    nextId: 'new',
    againId: null,
    proven: done.includes('prove'),
    wasLost: false,
    leave: leave.signal,
    cancel: cancel.signal,
    wanted: { hooks: [{ when: 'post-update', command: 'x', timeout: 60_000, aborts: false }] },
    pen: {
      intent: () => Promise.resolve(),
      outcome: (step: string, state: string) => void outcomes.push(`${step} ${state}`),
    },
  } as unknown as Work;
  return { work, leave, cancel, outcomes };
}

const proven: StepKind[] = ['create', 'stop', 'rename', 'start', 'prove'];

function forwardBy(hands: object) {
  const ground = { back: () => Promise.resolve(null) };
  return new Forward(hands as Hands, ground, { back: 1 });
}

describe('before the stop', () => {
  const ends = [
    ['interrupted', 'Careen ends, which cancels too'],
    ['cancelled', 'a person cancels'],
  ] as const;

  it.each(ends)('is told as %s where %s', async (code, _who) => {
    const { work, leave, cancel } = workAfter(['create'], ['stop']);
    if (code === 'interrupted') leave.abort();
    cancel.abort();
    const result = { state: 'skipped', why: { code } };
    await expect(forwardBy({}).run(work)).rejects.toMatchObject({ result });
  });

  it.each(ends)('is told as %s where %s under a pull', async (code, _who) => {
    const untouched = { id: 'old', name: 'web', status: 'running', restartPolicy: 'no' };
    const engine = {
      containerNow: (asked: string) => Promise.resolve(asked === 'new' ? null : untouched),
    };
    const { work, leave, cancel, outcomes } = workAfter(['retain'], ['pull'], engine);
    work.nextId = null;
    const pull = () => {
      if (code === 'interrupted') leave.abort();
      cancel.abort();
      return Promise.reject(new CareenError('run-cancelled', {}));
    };
    const end = forwardBy({ preparing: { pull } }).run(work);
    await expect(end).rejects.toMatchObject({ result: { state: 'skipped', why: { code } } });
    expect(outcomes).toEqual([]);
  });
});

describe('once the new version is proven', () => {
  it('leaves what is left to the next start where Careen ends under a hook', async () => {
    const { work, leave, outcomes } = workAfter(proven, ['hook-after', 'retire']);
    const exec = (_id: string, _command: string[], { signal }: { signal: AbortSignal }) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new CareenError('run-cancelled', {})));
        leave.abort();
      });
    const nothing = {} as never;
    const finishing = new Finishing(new Hooks(() => ({ exec })), nothing, nothing);
    const end = forwardBy({ finishing }).run(work);
    await expect(end).rejects.toEqual(new LeftOpen('interrupted'));
    await expect(end).rejects.toBeInstanceOf(LeftOpen);
    expect(outcomes).toEqual([]);
  });

  it.each([
    new CareenError('internal', { message: 'x' }),
    new CareenError('run-cancelled', {}),
    new Error('x'),
  ])('goes on where a step fails by %s', async (why) => {
    const { work, outcomes } = workAfter(proven, ['hook-after', 'retire']);
    const finishing = {
      hookAfter: () => Promise.reject(why),
      retire: () => Promise.resolve({}),
    };
    await forwardBy({ finishing }).run(work);
    expect(outcomes).toEqual(['hook-after failed', 'retire done']);
  });

  it('leaves it to who took it over', async () => {
    const { work } = workAfter(proven, ['retire']);
    const gone = new CareenError('taken-over', { container: 'web' });
    const finishing = { retire: () => Promise.reject(gone) };
    await expect(forwardBy({ finishing }).run(work)).rejects.toBeInstanceOf(Disturbed);
  });
});

describe('a step that the engine never answers', () => {
  const silent = () =>
    Promise.reject(new CareenError('engine-silent', { endpoint: 'x', seconds: 1 }));
  const steps: StepKind[] = ['start'];
  const before: StepKind[] = ['create', 'stop', 'rename'];

  /** A start that fails so; `back`: what happens each time while the engine is waited for. */
  function starting(
    { work, leave }: ReturnType<typeof workAfter>,
    back: () => void = () => undefined,
  ) {
    let tries = 0;
    const ground = {
      back: (_engine: unknown, _why: unknown, _deadline: number, signal: AbortSignal) => {
        if (!signal.aborted) back();
        return Promise.resolve(signal.aborted ? null : work.engine);
      },
    };
    const start = () => {
      tries += 1;
      // What repeats it without end would never get any further.
      if (tries === 50) leave.abort();
      return silent();
    };
    const forward = new Forward({ changing: { start } } as unknown as Hands, ground, { back: 1 });
    return { run: () => forward.run(work), tries: () => tries };
  }

  it('is left open once the engine went away under it twice', async () => {
    const stage = workAfter(before, steps);
    const { run, tries } = starting(stage);
    await expect(run()).rejects.toMatchObject({ why: 'engine-lost' });
    expect(tries()).toBe(2);
  });

  it.each(['before', 'while the engine is waited for'])(
    'is left open at once where a person cancels %s',
    async (when) => {
      const stage = workAfter(before, steps);
      const cancel = () => stage.cancel.abort();
      if (when === 'before') cancel();
      const { run, tries } = starting(stage, cancel);
      await expect(run()).rejects.toMatchObject({ why: 'engine-lost' });
      expect(tries()).toBe(1);
    },
  );

  it('is left to the next start where Careen ends', async () => {
    const stage = workAfter(before, steps);
    const { run } = starting(stage, () => stage.leave.abort());
    await expect(run()).rejects.toMatchObject({ why: 'interrupted' });
  });

  it('holds up no other step: each has its own count', async () => {
    const { work } = workAfter(before, ['start', 'retire']);
    let losses = 0;
    const once = () => {
      let tries = 0;
      return () => {
        tries += 1;
        if (tries > 1) return Promise.resolve({});
        losses += 1;
        return silent();
      };
    };
    const hands = { changing: { start: once() }, finishing: { retire: once() } };
    const ground = { back: () => Promise.resolve(work.engine) };
    await new Forward(hands as unknown as Hands, ground, { back: 1 }).run(work);
    expect(losses).toBe(2);
  });

  it('is left open on the way back, too', async () => {
    const { work, leave } = workAfter(['create', 'restart-policy-off', 'stop'], []);
    let tries = 0;
    const startContainer = () => {
      tries += 1;
      if (tries === 50) leave.abort();
      return silent();
    };
    const old = { id: 'old', name: 'web', status: 'exited', restartPolicy: 'no' };
    const engine = {
      containerNow: (id: string) => Promise.resolve(id === 'old' || id === 'web' ? old : null),
      startContainer,
    };
    Object.assign(work, { engine, nextId: null });
    Object.assign(work.plan, { restartPolicy: { Name: 'no' }, remake: false });
    const ground = { back: () => Promise.resolve(leave.signal.aborted ? null : work.engine) };
    const volumes = { takeBack: () => Promise.resolve(), clear: () => Promise.resolve() };
    const backward = new Backward(ground, volumes as never, { back: 1 });
    const end = backward.run(work, { state: 'skipped', why: { code: 'interrupted' } });
    await expect(end).rejects.toMatchObject({ why: 'engine-lost' });
    expect(tries).toBe(2);
  });
});
