import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import type { VolumeCopies } from '../../../main/services/updater/types.js';
import { TurnVolumes } from '../../../main/services/updater/volumes.js';
import { LeftOpen, type Work } from '../../../main/services/updater/work.js';
import type { VolumeCopy } from '../../../main/services/versions/stored.js';

const copy = (name: string): VolumeCopy => ({ volume: 'pgdata', copy: name, bytes: 1 });
const older = copy('older');
const newer = copy('newer');

/** A turn that begun these steps, what it has on record, and all that is done with copies. */
function turn(begun: string[], recorded: VolumeCopy[] = [], breaks: string | null = null) {
  const acts: string[] = [];
  let copies = recorded;
  const act = (what: string) => {
    if (what === breaks) return Promise.reject(new Error('killed'));
    acts.push(what);
    return Promise.resolve();
  };
  const volumeCopies: VolumeCopies = {
    assertReady: (_, volumes) => act(`check ${volumes.join()}`),
    copy: (_, volumes) => act(`copy ${volumes.join()}`).then(() => [newer]),
    giveBack: (_, given) => act(`give back ${given.map((one) => one.copy).join()}`),
    clear: () => act('clear'),
    remove: (_, given) => act(`remove ${given.map((one) => one.copy).join()}`),
  };
  const work = {
    plan: { container: 'db', runId: 'run', imageId: 'sha256:1', copies: [older], steps: begun },
    wanted: { copies: [] },
    versions: {
      by: () => ({ copies }),
      change: (_: string, __: string, change: { copies: VolumeCopy[] }) => {
        copies = change.copies;
        return act(`record ${copies.map((one) => one.copy).join()}`);
      },
      copied: (_: string, __: string, made: VolumeCopy[]) => {
        copies = made;
        return act(`record ${copies.map((one) => one.copy).join()}`);
      },
    },
    begun: new Set(begun),
    copies: [],
    cancel: new AbortController().signal,
  } as unknown as Work;
  return { acts, work, volumes: new TurnVolumes(volumeCopies), recorded: () => copies };
}

describe('the volumes of a turn', () => {
  it('are copied, and that is on record, before they get other content', async () => {
    const { acts, work, volumes } = turn(['restore']);
    await volumes.restore(work);
    expect(acts).toEqual(['copy pgdata', 'record newer', 'give back older']);
  });

  it('keep what they have where nobody wants it any more once they are copied', async () => {
    const { acts, work, volumes } = turn(['restore']);
    const cancelled = { ...work, cancel: AbortSignal.abort() };
    await expect(volumes.restore(cancelled)).rejects.toMatchObject({ code: 'run-cancelled' });
    await volumes.takeBack(cancelled);
    await volumes.clear(cancelled);
    expect(acts).toEqual(['copy pgdata', 'clear']);
  });

  it('are as they were, without a copy, where an update is cancelled once they are copied', async () => {
    const { acts, work, volumes } = turn(['copy-volumes']);
    const cancelled = { ...work, cancel: AbortSignal.abort() };
    const copying = volumes.copy(cancelled, ['pgdata']);
    await expect(copying).rejects.toMatchObject({ code: 'run-cancelled' });
    await volumes.takeBack(cancelled);
    await volumes.clear(cancelled);
    expect(acts).toEqual(['copy pgdata', 'clear']);
  });

  it('get all of it, whoever wants to leave meanwhile: half of each is no place to stop at', async () => {
    const signals: AbortSignal[] = [];
    const { work } = turn(['restore'], [newer]);
    const giveBack: VolumeCopies['giveBack'] = (_, __, by) => {
      signals.push(by.signal);
      return Promise.resolve();
    };
    const volumes = new TurnVolumes({ giveBack } as VolumeCopies);
    const left = { ...work, leave: AbortSignal.abort(), cancel: AbortSignal.abort() };
    await volumes.restore(left);
    await volumes.takeBack(left);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  it('wait for what takes time where recovery is only to say what it can at once', async () => {
    const { acts, work, volumes, recorded } = turn(['restore'], [newer]);
    const quick = { ...work, takenUp: true, leave: AbortSignal.abort() };
    await expect(volumes.takeBack(quick)).rejects.toEqual(new LeftOpen('interrupted'));
    expect(acts).toEqual([]);
    expect(recorded()).toEqual([newer]);
  });

  it('are left alone where their copies could not be put on record', async () => {
    const { acts, work, volumes } = turn(['restore'], [], 'record newer');
    await expect(volumes.restore(work)).rejects.toThrow('killed');
    expect(acts).toEqual(['copy pgdata']);
  });

  it('that were not given back are told of with the copy that holds what they had', async () => {
    const { work } = turn(['restore'], [newer]);
    const failure = new CareenError('engine-error', { status: 500, message: 'no space left' });
    const volumes = new TurnVolumes({ giveBack: () => Promise.reject(failure) } as never);
    await expect(volumes.takeBack(work)).rejects.toMatchObject({
      code: 'copy-failed',
      details: { volume: 'pgdata', copy: 'newer', why: 'not-put-back', by: [] },
      cause: failure,
    });
  });

  it('are not copied again once that is on record: what they hold may be half of each', async () => {
    const { acts, work, volumes } = turn(['restore'], [newer]);
    await volumes.restore(work);
    expect(acts).toEqual(['give back older']);
  });

  it('get what they held before on the way back, and what was copied of it goes', async () => {
    const { acts, work, volumes } = turn(['restore'], [newer]);
    await volumes.takeBack(work);
    await volumes.takeBack(work);
    await volumes.clear(work);
    expect(acts).toEqual(['give back newer', 'record ', 'clear']);
  });

  it('keep the copy of what they held for as long as it is not given back', async () => {
    const { acts, work, volumes, recorded } = turn(['restore'], [newer], 'give back newer');
    await expect(volumes.takeBack(work)).rejects.toThrow('killed');
    expect(acts).toEqual([]);
    expect(recorded()).toEqual([newer]);
  });

  it('were not touched where no copy is on record: what was begun of one goes', async () => {
    for (const step of ['restore', 'copy-volumes']) {
      const { acts, work, volumes } = turn([step]);
      await volumes.takeBack(work);
      await volumes.clear(work);
      expect(acts).toEqual(['clear']);
    }
  });

  it('of an update keep their copies on its way back', async () => {
    const { acts, work, volumes } = turn(['copy-volumes'], [newer]);
    await volumes.takeBack(work);
    await volumes.clear(work);
    expect(acts).toEqual([]);
  });

  it('that the turn has nothing to do with are left alone', async () => {
    const { acts, work, volumes } = turn(['stop'], []);
    await volumes.takeBack(work);
    await volumes.clear(work);
    expect(acts).toEqual([]);
    await volumes.assertReady({ ...work, plan: { ...work.plan, copies: [] } });
    expect(acts).toEqual([]);
    await volumes.assertReady(work);
    expect(acts).toEqual(['check pgdata']);
  });
});
