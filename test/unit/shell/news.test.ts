import { describe, expect, it } from 'vitest';
import { notifyByDefault } from '../../../main/contract/notify.js';
import type { CleanRun } from '../../../main/contract/runs.js';
import type { Question } from '../../../main/contract/slices.js';
import { gaugeOf, gaugeOfSpace } from '../../../main/domain/disk/gauge.js';
import type { Gauge } from '../../../main/domain/disk/types.js';
import { messages } from '../../../main/messages/index.js';
import { News } from '../../../main/shell/news.js';
import type { Notifications } from '../../../main/shell/notifications.js';
import type { CallContext, CareenApp } from '../../../main/shell/types.js';
import { TestClock } from '../../support/clock.js';
import { runs } from '../messages/samples.js';

const GB = 1e9;
const space = { of: '/var/lib/docker', used: 88 * GB, available: 12 * GB };
const measured = gaugeOfSpace(space);
/** A VM's file that follows what is used, a while later. */
const late = gaugeOf({
  kind: 'vm',
  file: '/vm/Docker.raw',
  allocated: 88 * GB,
  limit: { bytes: 100 * GB, from: 'settings' },
  host: { of: '/vm', used: 0, available: 500 * GB },
  inside: null,
  returns: 'shortly',
  close: true,
  oddity: null,
});

/** What is told, and where a click leads, with the engine's disk as given. */
function desk(engine: Gauge) {
  const shown: { title: string; body: string; click: () => void }[] = [];
  const opened: string[] = [];
  let ended: (run: CleanRun) => void = () => undefined;
  let asked: (question: Question) => void = () => undefined;
  const never = () => () => undefined;
  new News({
    careen: {
      call: () => Promise.resolve({ ok: true, result: { gauges: { engine } } }),
      slices: {
        get: () => ({ engine, engines: [], notify: notifyByDefault, pausedUntil: null }),
        onChange: never,
      },
      onRunEnded: (listener: typeof ended) => (ended = listener),
      onQuestion: (listener: typeof asked) => (asked = listener),
      onUpdateEnded: never,
      onUpdatesFound: never,
      onHostFull: never,
    } as unknown as CareenApp,
    notifications: {
      show: (note: { title: string; body: string }, click: () => void) =>
        shown.push({ ...note, click }),
    } as unknown as Notifications,
    words: () => messages('en'),
    open: (route) => opened.push(route),
    context: {} as CallContext,
    report: (error) => expect.fail(String(error)),
    toldUpdates: { at: () => null, set: () => undefined },
    clock: new TestClock(0),
  });
  return {
    shown,
    opened,
    ended: async (run: CleanRun) => {
      ended(run);
      await new Promise((resolve) => setImmediate(resolve));
    },
    asked: (question: Question) => asked(question),
  };
}

describe('the end of a clean-up for a full disk', () => {
  const [sample] = runs;
  const run = { ...sample, by: 'pressure' } as CleanRun;

  it('is told with the disk as it is then', async () => {
    const { shown, ended } = desk(measured);
    await ended(run);
    expect(shown[0]?.body).toContain("Docker's disk is 88 % full now.");
  });

  it('is told without the figure of a disk that shows it later', async () => {
    const { shown, ended } = desk(late);
    await ended(run);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.body).not.toContain('88');
  });
});

describe('a full disk', () => {
  const question = {
    by: 'pressure',
    items: 0,
    reclaimable: { min: 0, max: 0, certainty: 'exact' },
    lost: { images: 0, lost: 0, sure: true },
    at: 0,
  } as const;

  it('for which nothing can go is told with its figure, and leads to the overview', () => {
    const { shown, opened, asked } = desk(measured);
    asked({ ...question, planId: null, why: 'nothing-can-go' });
    expect(shown[0]?.title).toBe("Docker's disk is 88 % full, and nothing can go by the policy");
    shown[0]?.click();
    expect(opened).toEqual(['/overview']);
  });

  it('that waits says for what', () => {
    const { shown, asked } = desk(measured);
    asked({ ...question, planId: null, why: 'offline' });
    expect(shown[0]).toMatchObject({
      title: "Docker's disk is 88 % full",
      body: 'Automatic clean-ups wait until the registries can be reached.',
    });
  });

  it('that is asked about leads to its plan', () => {
    const { shown, opened, asked } = desk(measured);
    asked({ ...question, planId: 'p', why: 'mode' });
    shown[0]?.click();
    expect(opened).toEqual(['/cleanup/p']);
  });
});
