import { describe, expect, it } from 'vitest';
import { notifyByDefault, type Notify } from '../../../main/contract/notify.js';
import type { CleanRun, UpdateRun } from '../../../main/contract/runs.js';
import type { Question } from '../../../main/contract/slices.js';
import type { UpdateRow } from '../../../main/contract/updates.js';
import { unknownGauge } from '../../../main/domain/disk/gauge.js';
import { lostImages } from '../../../main/domain/plan/lost.js';
import { messages } from '../../../main/messages/index.js';
import { News } from '../../../main/shell/news.js';
import type { Notifications } from '../../../main/shell/notifications.js';
import type { CallContext, CareenApp } from '../../../main/shell/types.js';
import { owned, rolledBack, row, updated, updateRun } from '../../support/update-samples.js';
import { TestClock } from '../../support/clock.js';
import { runs } from '../messages/samples.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const silence: Notify = { disk: false, failed: false, runs: false, updates: 'never' };

type Happening =
  | 'question of the disk'
  | 'full host'
  | 'scheduled question'
  | 'clean-up'
  | 'failed clean-up'
  | 'update'
  | 'rolled back'
  | 'found';

/** What is told under these switches; time passes when the test says so. */
function desk(notify: Notify, pausedFor: number | null = null) {
  const shown: string[] = [];
  const clicks: (() => void)[] = [];
  const opened: [route: string, engine: string][] = [];
  const heard: Record<string, (told: never, engine: string) => void> = {};
  const listen = (name: string) => (listener: (told: never, engine: string) => void) => {
    heard[name] = listener;
    return () => undefined;
  };
  const state = {
    toldAt: null as number | null,
    toldOf: {} as Record<string, number>,
    notify,
    rows: [] as UpdateRow[],
    engines: [{ key: 'first', name: 'laptop' }],
    pausedUntil: null as number | null,
  };
  const clock = new TestClock(1e12);
  state.pausedUntil = pausedFor === null ? null : clock.now() + pausedFor;
  const gauge = unknownGauge({ why: 'silent', about: '/' });
  const slices = {
    fleet: () => ({ engines: state.engines }),
    settings: () => ({ notify: state.notify, pausedUntil: state.pausedUntil }),
    gauges: () => ({ engine: gauge, host: gauge }),
    images: () => ({
      totals: { canGo: { min: 0, max: 0, certainty: 'exact' }, canGoLost: lostImages([]) },
    }),
    updates: () => ({ rows: state.rows }),
  };
  const news = new News({
    careen: {
      call: () => Promise.resolve({ ok: true, result: { gauges: { engine: gauge } } }),
      slices: {
        get: (name: keyof typeof slices) => slices[name](),
        onChange: listen('change'),
      },
      onRunEnded: listen('run'),
      onQuestion: listen('question'),
      onUpdateEnded: listen('update'),
      onUpdatesFound: listen('found'),
      onHostFull: listen('host'),
    } as unknown as CareenApp,
    notifications: {
      show: ({ title }: { title: string }, click: () => void) => {
        shown.push(title);
        clicks.push(click);
      },
    } as unknown as Notifications,
    words: () => messages('en'),
    open: (route, engine) => opened.push([route, engine]),
    context: {} as CallContext,
    report: (error) => expect.fail(String(error)),
    toldUpdates: {
      at: (engine) => (engine === 'first' ? state.toldAt : (state.toldOf[engine] ?? null)),
      set: (at, engine) => {
        if (engine === 'first') state.toldAt = at;
        else state.toldOf[engine] = at;
      },
    },
    clock,
  });
  const tell = (name: string, told: unknown, engine = 'first') =>
    heard[name]?.(told as never, engine);
  return {
    shown,
    clicks,
    opened,
    news,
    state,
    clock,
    tell,
    found: (...rows: UpdateRow[]) => {
      const others = state.rows.filter((one) => rows.every((r) => r.container !== one.container));
      state.rows = [...others, ...rows];
      tell('found', rows);
    },
    pass: (ms: number) => clock.advance(ms),
    pause: (until: number | null) => {
      state.pausedUntil = until;
      tell('change', 'settings');
    },
  };
}

const question = {
  by: 'schedule',
  planId: 'p',
  why: 'mode',
  items: 2,
  reclaimable: { min: 0, max: 0, certainty: 'exact' },
  lost: { images: 2, lost: 1, sure: true },
  at: 0,
} satisfies Question;
const clean = { ...runs[0], by: 'schedule', outcome: 'done' } as CleanRun;
const update = (result: Parameters<typeof updated>[0], by: UpdateRun['by'] = 'check') =>
  updateRun([updated(result)], { by });
const well = { state: 'updated', proven: true } as const;

/** Each thing that happens, by the switch that silences it. */
const happenings: [keyof Notify, Happening, string, unknown][] = [
  ['disk', 'question of the disk', 'question', { ...question, by: 'pressure' }],
  ['disk', 'question of the disk', 'question', { ...question, by: 'image-budget' }],
  ['disk', 'question of the disk', 'question', { ...question, planId: null, why: 'gap' }],
  ['disk', 'full host', 'host', undefined],
  ['runs', 'scheduled question', 'question', question],
  ['runs', 'clean-up', 'run', clean],
  ['runs', 'update', 'update', update(well)],
  ['failed', 'failed clean-up', 'run', { ...clean, outcome: 'failed' }],
  ['failed', 'failed clean-up', 'run', { ...clean, outcome: 'engine-lost' }],
  ['failed', 'rolled back', 'update', update(rolledBack)],
  ['updates', 'found', 'found', [row()]],
];

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a switch of notifications', () => {
  it.each(happenings)('%s alone lets a %s through', async (key, _, name, told) => {
    const { shown, tell } = desk({ ...silence, [key]: key === 'updates' ? 'always' : true });
    tell(name, told);
    await settled();
    expect(shown).toHaveLength(1);
  });

  it.each(happenings)('%s alone keeps a %s back', async (key, _, name, told) => {
    const all: Notify = { ...notifyByDefault, updates: 'always' };
    const { shown, tell } = desk({ ...all, [key]: key === 'updates' ? 'never' : false });
    tell(name, told);
    await settled();
    expect(shown).toEqual([]);
  });

  it.each([
    ['run', { ...clean, by: 'tray' }],
    ['run', { ...clean, by: 'tray', outcome: 'failed' }],
    ['update', update(rolledBack, 'tray')],
    ['update', update(well, 'tray')],
  ] as const)('does not keep from the tray what it asked for (%s)', async (name, told) => {
    const { shown, tell } = desk(silence);
    tell(name, told);
    await settled();
    expect(shown).toHaveLength(1);
  });
});

describe('several engines', () => {
  it('are named in what is told of them, each with new versions of its own', () => {
    const { shown, tell, state } = desk({ ...notifyByDefault, updates: 'daily' });
    tell('question', question, 'cellar-key');
    state.engines.push({ key: 'cellar-key', name: 'cellar' });
    tell('question', question, 'cellar-key');
    tell('question', question);
    const title = shown[0] ?? '';
    expect(shown.splice(0)).toEqual([title, `cellar: ${title}`, `laptop: ${title}`]);
    tell('found', [row()]);
    tell('found', [row()], 'cellar-key');
    expect(shown).toEqual([expect.stringMatching(/^laptop: /), expect.stringMatching(/^cellar: /)]);
  });

  it.each(happenings)('%s: a click on what is told of a %s leads to its engine', async (...of) => {
    const [key, what, name, told] = of;
    const all: Notify = { ...silence, [key]: key === 'updates' ? 'always' : true };
    const { clicks, opened, tell, state } = desk(all);
    state.engines.push({ key: 'cellar-key', name: 'cellar' });
    tell(name, told, 'cellar-key');
    await settled();
    // The list is another by then: what was told stays with its engine.
    state.engines = [{ key: 'other-key', name: 'cellar' }];
    clicks[0]?.();
    // The disk under all engines is this machine's own.
    const engine = what === 'full host' ? 'first' : 'cellar-key';
    expect(opened).toEqual([[expect.stringMatching(/^\//), engine]]);
  });

  it('have their new versions told once a day each, also after another start', () => {
    const { shown, tell, state, clock } = desk({ ...silence, updates: 'daily' });
    state.engines.push({ key: 'cellar-key', name: 'cellar' });
    state.toldOf['cellar-key'] = clock.now() - HOUR;
    tell('found', [row()], 'cellar-key');
    expect(shown).toEqual([]);
    tell('found', [row()]);
    expect(shown).toHaveLength(1);
    expect(state.toldOf).toEqual({ 'cellar-key': clock.now() - HOUR });
  });
});

describe('"Update all" of the tray', () => {
  const changed = { state: 'skipped', why: { code: 'changed' } } as const;

  it('that finds nothing as it was listed says so, though no run began', () => {
    const { shown, news } = desk(silence);
    news.leftAlone(updateRun([updated(changed)], { by: 'tray' }), 'first');
    expect(shown).toHaveLength(1);
  });

  it('that did something is told at its end, and once', () => {
    const { shown, news, tell } = desk(silence);
    const run = updateRun([updated(well), updated(changed)], { by: 'tray' });
    tell('update', run);
    news.leftAlone(run, 'first');
    expect(shown).toHaveLength(1);
  });
});

describe('new versions once a day', () => {
  const daily: Notify = { ...silence, updates: 'daily' };
  const web = row({ container: 'web' });
  const db = row({ container: 'db' });

  it('are told at once, and the next together a day later', () => {
    const { shown, found, pass } = desk(daily);
    found(web);
    expect(shown).toEqual(['Update for web']);
    pass(6 * HOUR);
    found(db);
    found(row({ container: 'cache' }));
    expect(shown).toHaveLength(1);
    pass(18 * HOUR);
    expect(shown).toEqual(['Update for web', '2 updates']);
    pass(5 * DAY);
    expect(shown).toHaveLength(2);
  });

  it('leave out what was taken or skipped meanwhile', () => {
    const { shown, state, clock, found, pass } = desk(daily);
    state.toldAt = clock.now();
    found(web, db);
    state.rows = [row({ container: 'db', heldBack: { code: 'skipped' } })];
    pass(DAY);
    expect(shown).toEqual([]);
    expect(state.toldAt).toBe(clock.now() - DAY);
  });

  it('count nothing that goes by itself or is its owner’s', () => {
    const { shown, state, found } = desk(daily);
    found(row({ mode: 'auto' }), owned());
    expect(shown).toEqual([]);
    expect(state.toldAt).toBeNull();
  });

  it('wait for the end of a pause', () => {
    const { shown, found, pass } = desk(daily, 2 * DAY);
    found(web);
    pass(DAY);
    expect(shown).toEqual([]);
    pass(DAY);
    expect(shown).toEqual(['Update for web']);
  });

  it('wait for the end of a pause that is longer than a timer can be', () => {
    const { shown, found, pass } = desk(daily, 300 * DAY);
    found(web);
    pass(299 * DAY);
    expect(shown).toEqual([]);
    pass(DAY);
    expect(shown).toEqual(['Update for web']);
  });

  it('are told at once where a pause is ended', () => {
    const { shown, found, pause } = desk(daily, 300 * DAY);
    found(web);
    pause(null);
    expect(shown).toEqual(['Update for web']);
  });

  it('are not told of an engine that went off the list', () => {
    const { shown, state, tell, pass } = desk(daily);
    state.engines.push({ key: 'cellar-key', name: 'cellar' });
    tell('found', [web], 'cellar-key');
    expect(shown.splice(0)).toHaveLength(1);
    tell('found', [db], 'cellar-key');
    state.engines.pop();
    // Of an engine that is not there the first answers.
    state.rows = [db];
    tell('change', 'fleet');
    pass(2 * DAY);
    expect(shown).toEqual([]);
  });

  it('are not kept for years where the clock was set back', () => {
    const { shown, state, clock, found } = desk(daily);
    state.toldAt = clock.now() + 400 * DAY;
    found(web);
    expect(shown).toHaveLength(1);
  });

  it('are forgotten once a person wants none', () => {
    const { shown, state, clock, found, pass } = desk(daily);
    state.toldAt = clock.now();
    found(web);
    state.notify = silence;
    pass(DAY);
    expect(shown).toEqual([]);
  });
});
