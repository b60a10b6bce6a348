import { describe, expect, it } from 'vitest';
import { lastingSession } from '../../../main/cli/lasting.js';
import type { Session } from '../../../main/cli/session.js';
import type { RunSlice } from '../../../main/contract/slices.js';
import { CareenError } from '../../../main/domain/errors.js';

type Answer = (name: string) => Promise<unknown>;

/** Owners one after another, each answering its own way, and what reached them. */
function owners(...answers: Answer[]) {
  const calls: string[] = [];
  const listeners: ((run: RunSlice) => void)[] = [];
  let opened = 0;
  const open = (): Promise<Session> => {
    const n = opened++;
    const answer = answers[n];
    if (!answer) throw new Error('no owner is left');
    return Promise.resolve({
      call: (name: string) => {
        calls.push(`${n}: ${name}`);
        return answer(name);
      },
      onRun: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
      close: () => Promise.resolve(),
    } as Session);
  };
  return { open, calls, listeners };
}

const fails = (code: 'home-lost' | 'owner-ended') => () =>
  Promise.reject(new CareenError(code, { home: '/home/a/.config/careen' }));
const done = () => Promise.resolve({ runs: [] });
const choice = { planId: '7f3a', except: [], also: [] };

describe('a session', () => {
  it('has the next owner do what an ending one did not begin, claiming the home once', async () => {
    const { open, calls } = owners(fails('owner-ended'), done);
    const session = await lastingSession(open);
    await Promise.all([session.call('plan.run', choice), session.call('history', { since: null })]);
    expect(calls).toEqual(['0: plan.run', '0: history', '1: plan.run', '1: history']);
  });

  it('never does again what may have been done', async () => {
    const { open, calls } = owners(fails('home-lost'), done);
    const session = await lastingSession(open);
    await expect(session.call('plan.run', choice)).rejects.toMatchObject({ code: 'home-lost' });
    expect(calls).toEqual(['0: plan.run']);
  });

  it('asks again what changes nothing', async () => {
    const { open } = owners(fails('home-lost'), done);
    const session = await lastingSession(open);
    expect(await session.call('history', { since: null })).toEqual({ runs: [] });
  });

  it('hears of runs through whichever owner there is', async () => {
    const { open, listeners } = owners(fails('owner-ended'), done);
    const session = await lastingSession(open);
    const heard: RunSlice[] = [];
    session.onRun((run) => heard.push(run));
    await session.call('history', { since: null });
    const run: RunSlice = {
      current: null,
      queued: 1,
      last: null,
      question: null,
      next: null,
      update: null,
    };
    listeners[1]?.(run);
    expect(heard).toEqual([run]);
  });
});
