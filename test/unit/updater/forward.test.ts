import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
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
