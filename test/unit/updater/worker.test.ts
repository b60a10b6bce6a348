import { describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { Journal } from '../../../main/services/journal/index.js';
import type { UpdateGround } from '../../../main/services/updater/types.js';
import { LeftOpen } from '../../../main/services/updater/work.js';
import type { Shift } from '../../../main/services/updater/shift.js';
import { Worker } from '../../../main/services/updater/worker.js';

const engine = (name: string) => ({ facts: { name } }) as DockerEngine;
const [before, after] = [engine('before'), engine('after')];
const silent = new CareenError('engine-silent', { endpoint: 'here', seconds: 1 });

/** A worker on an engine that is back as `back`; gives also how often it was waited for. */
function stage(back: DockerEngine | null) {
  let waits = 0;
  const ground = {
    back: () => {
      waits += 1;
      return Promise.resolve(back);
    },
  } as unknown as UpdateGround;
  const written: unknown[] = [];
  const journal = {
    write: (record: unknown) => {
      written.push(record);
      return Promise.resolve();
    },
  } as unknown as Journal;
  const nothing = {} as never;
  const clock = { now: () => 0 } as never;
  const patience = { back: 1, look: 1, restarts: 1, measure: 1 };
  const worker = new Worker(ground, nothing, nothing, nothing, journal, clock, patience);
  const never = new AbortController().signal;
  const shift: Shift = {
    runId: 'run',
    engine: before,
    versions: nothing,
    progress: null,
    cancel: never,
    leave: never,
    names: new Map(),
  };
  return { worker, shift, written, waits: () => waits };
}

describe('what is asked between turns', () => {
  it('is asked again once the engine is back', async () => {
    const { worker, shift, waits } = stage(after);
    const answer = await worker.asked(shift, 'web', (one) =>
      one === after ? Promise.resolve('there') : Promise.reject(silent),
    );
    expect(answer).toBe('there');
    expect(shift.engine).toBe(after);
    expect(waits()).toBe(1);
  });

  it('fails one container alone where the engine is well, and keeps silent about that one', async () => {
    const { worker, shift, written, waits } = stage(after);
    const end = await worker.asked(shift, 'stuck', () => Promise.reject(silent));
    expect(end).toMatchObject({
      result: { state: 'failed', error: { code: 'engine-silent' } },
      stopped: false,
    });
    expect(waits()).toBe(1);
    expect(written).toMatchObject([{ t: 'result', container: 'stuck' }]);
  });

  it('leaves all of it open where the engine does not come back', async () => {
    const { worker, shift, written } = stage(null);
    const asked = worker.asked(shift, 'web', () => Promise.reject(silent));
    await expect(asked).rejects.toThrow(LeftOpen);
    expect(written).toEqual([]);
  });
});
