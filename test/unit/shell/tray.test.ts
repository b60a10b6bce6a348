import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { describe, expect, it } from 'vitest';
import type { EngineRow } from '../../../main/contract/fleet.js';
import type { EngineSlice, ImagesSlice, RunSlice } from '../../../main/contract/slices.js';
import type { CleanRun, HistoryRun } from '../../../main/contract/runs.js';
import { gaugeOfSpace, noEngine } from '../../../main/domain/disk/gauge.js';
import { lostImages } from '../../../main/domain/plan/lost.js';
import { messages } from '../../../main/messages/index.js';
import { iconOf, statusOf, type TrayIcon, type TrayState } from '../../../main/shell/tray-view.js';
import { TrayIconView, type TrayLike } from '../../../main/shell/tray.js';
import { owned, row, slice, updated, updateRun } from '../../support/update-samples.js';

const NOW = Date.UTC(2026, 10, 24, 12);
const GB = 1_000_000_000;
const words = messages('en', { timeZone: 'UTC' });

function engine(status: EngineSlice['status']): EngineSlice {
  return {
    status,
    facts: {
      endpoint: 'unix:///e.sock',
      id: 'E',
      store: 'classic',
      name: 'Docker Engine',
      product: 'docker-engine',
      version: '26.1.5',
      apiVersion: '1.45',
      platform: 'linux/amd64',
    },
    chosen: null,
    looked: [],
    since: NOW,
    error: null,
    contextMoved: null,
    asOf: null,
    otherUpdater: null,
  };
}

function totals(canGoImages: number, judgedAt: number | null = NOW): ImagesSlice['totals'] {
  const size = canGoImages * GB;
  return {
    images: 20,
    onDisk: 40 * GB,
    sumOfSizes: 60 * GB,
    canGo: { min: size, max: size, certainty: 'exact' },
    canGoImages,
    canGoOfImages: { min: size, max: size, certainty: 'exact' },
    canGoLost: { images: canGoImages, lost: 0, sure: true },
    couldGoImages: 0,
    judgedAt,
    rules: [],
    parts: [],
    policy: { source: 'default', file: '/home/policy.yaml', error: null, modeLowered: null },
  };
}

const running: RunSlice = {
  current: {
    runId: 'r',
    kind: 'clean',
    planId: 'p',
    startedAt: NOW,
    phase: 'removing',
    slowed: null,
    cancelling: false,
    done: 3,
    total: 11,
    items: [],
  },
  queued: 0,
  last: null,
  question: null,
  next: null,
  update: null,
};

const step = (container: string, state: 'waiting' | 'working' | 'done') => ({
  id: `${container} pull`,
  container,
  step: 'pull' as const,
  state,
  took: null,
  bytes: null,
  count: null,
});

const updating: RunSlice = {
  ...running,
  current: null,
  update: {
    runId: 'r',
    kind: 'update',
    token: null,
    startedAt: NOW,
    cancelling: false,
    steps: [step('web', 'done'), step('db', 'working'), step('cache', 'waiting')],
  },
};

const disk = (percent: number) =>
  gaugeOfSpace({ of: '/', used: percent * GB, available: (100 - percent) * GB });

const READY: TrayState = {
  engine: engine('connected'),
  gauges: { engine: disk(88), host: disk(40), same: false, at: NOW, forecast: null },
  totals: totals(12),
  run: { current: null, queued: 0, last: null, question: null, next: null, update: null },
  updates: slice([]),
  history: null,
  settings: { pausedUntil: null, movedAside: [] },
  fleet: null,
  others: {},
};
const paused = { pausedUntil: NOW + 60_000, movedAside: [] };
const broken = { ...totals(12) };
broken.policy = { ...broken.policy, error: { code: 'policy-invalid', details: {} } };

describe('what the tray says', () => {
  it.each<[string, Partial<TrayState>, string, TrayIcon]>([
    ['before anything is known', { engine: null }, 'looking', 'no-engine'],
    ['while it looks', { engine: engine('looking') }, 'looking', 'no-engine'],
    ['where there is none', { engine: engine('none') }, 'none', 'no-engine'],
    ['when it is lost', { engine: engine('lost') }, 'lost', 'no-engine'],
    ['lost while paused', { engine: engine('lost'), settings: paused }, 'lost', 'no-engine'],
    ['when a command line is at work', { engine: engine('home-busy') }, 'home-busy', 'attention'],
    ['before the first judgement', { totals: totals(0, null) }, 'reading', 'normal'],
    ['when all is judged', {}, 'ready', 'normal'],
    ['during a clean-up', { run: running }, 'working', 'working'],
    [
      'during one that lost its engine',
      { run: running, engine: engine('lost') },
      'working',
      'working',
    ],
    ['during one while paused', { run: running, settings: paused }, 'working', 'working'],
    ['during an update', { run: updating }, 'updating', 'working'],
    ['while paused', { settings: paused }, 'paused', 'paused'],
    ['after a pause', { settings: { pausedUntil: NOW, movedAside: [] } }, 'ready', 'normal'],
    ['with a broken policy', { totals: broken }, 'ready', 'attention'],
    [
      'with a broken policy while paused',
      { totals: broken, settings: paused },
      'paused',
      'attention',
    ],
    [
      'after a file was moved aside',
      { settings: { pausedUntil: null, movedAside: [{ file: 'a', to: 'b' }] } },
      'ready',
      'attention',
    ],
  ])('%s', (_when, change, status, icon) => {
    const state = { ...READY, ...change };
    expect(statusOf(state, NOW).state).toBe(status);
    expect(iconOf(state, NOW)).toBe(icon);
  });
});

const rowOf = (key: string, change: Partial<EngineRow> = {}): EngineRow => ({
  key,
  name: key,
  context: null,
  endpoint: null,
  state: 'found',
  since: NOW,
  error: null,
  product: null,
  version: null,
  twinOf: [],
  aliases: [],
  policy: 'own',
  disk: null,
  canGo: null,
  canGoImages: 0,
  canGoLost: lostImages([]),
  updates: 0,
  asks: false,
  run: null,
  queued: 0,
  waitsFor: null,
  unfinished: false,
  asOf: null,
  ...change,
});
const fleet = (...others: EngineRow[]) => ({
  engines: [rowOf('first'), ...others],
  together: false,
});

describe('what the tray says of several engines', () => {
  it.each<[string, Partial<TrayState>, TrayIcon]>([
    ['one beside the first', { fleet: fleet(rowOf('cellar')) }, 'normal'],
    [
      'one that is worked on',
      { fleet: fleet(rowOf('cellar', { run: { kind: 'clean', done: 1, total: 2 } })) },
      'working',
    ],
    ['one that asks', { fleet: fleet(rowOf('cellar', { asks: true })) }, 'attention'],
    [
      'one that is another now',
      { fleet: fleet(rowOf('cellar', { state: 'changed' })) },
      'attention',
    ],
    ['one that is lost', { fleet: fleet(rowOf('cellar', { state: 'lost' })) }, 'normal'],
    [
      'one that is there while the first is not',
      { engine: engine('none'), fleet: fleet(rowOf('cellar')) },
      'normal',
    ],
    [
      'none that is there',
      {
        engine: engine('none'),
        fleet: {
          engines: ['first', 'cellar'].map((key) => rowOf(key, { state: 'lost' })),
          together: false,
        },
      },
      'no-engine',
    ],
  ])('%s', (_which, change, icon) => {
    expect(iconOf({ ...READY, ...change }, NOW)).toBe(icon);
  });
});

type Menu = MenuItemConstructorOptions[];

/** A tray that writes down what is asked of it, and a clock that is set by hand. */
function desk() {
  const done: string[] = [];
  let menu: Menu = [];
  let clicked: () => void = () => {};
  let timer: { at: number; then: () => void } | null = null;
  let now = NOW;
  const image = (icon: TrayIcon) => ({ icon }) as unknown as NativeImage;
  const iconIn = (native: NativeImage) => (native as unknown as { icon: string }).icon;
  const tray: TrayLike<Menu> = {
    setImage: (native) => done.push(`icon ${iconIn(native)}`),
    setToolTip: (text) => done.push(`tooltip ${text}`),
    setContextMenu: (items) => {
      menu = items;
      done.push('menu');
    },
    on: (_event, listener) => (clicked = listener),
    destroy: () => done.push('destroy'),
  };
  const act = (name: string) => () => done.push(name);
  const on = (key: string, what: string) => (key === 'first' ? what : `${what} on ${key}`);
  const view = new TrayIconView<Menu>(
    {
      create: (native) => {
        done.push(`create ${iconIn(native)}`);
        return tray;
      },
      menu: (items) => items,
      image,
      acts: {
        open: act('open'),
        cleanUp: (key) => done.push(on(key, 'cleanUp')),
        cleanNow: (key) => done.push(on(key, 'cleanNow')),
        openRun: (runId, key) => done.push(on(key, `run ${runId}`)),
        openPlan: (planId, key) => done.push(on(key, `plan ${planId}`)),
        openUpdates: (key) => done.push(on(key, 'openUpdates')),
        openEngine: (key) => done.push(`engine ${key}`),
        updateAll: (rows, key) =>
          done.push(on(key, `updateAll ${rows.map(({ container }) => container).join(' ')}`)),
        pause: (howLong) => done.push(`pause ${JSON.stringify(howLong)}`),
        resume: act('resume'),
        quit: act('quit'),
      },
      now: () => now,
      after: (ms, then) => {
        timer = { at: now + ms, then };
        return () => (timer = null);
      },
      opensOnClick: true,
    },
    words,
  );
  return {
    view,
    click: () => clicked(),
    taken: () => done.splice(0),
    labels: () => menu.flatMap((item) => item.label ?? []),
    under: (label: string) => {
      const items = (menu.find((one) => one.label === label)?.submenu ?? []) as Menu;
      return {
        labels: items.flatMap((item) => item.label ?? []),
        isEnabled: (item: string) => items.find((one) => one.label === item)?.enabled !== false,
        choose: (item: string) =>
          (items.find((one) => one.label === item)?.click as (() => void) | undefined)?.(),
      };
    },
    isEnabled: (label: string) => menu.find((one) => one.label === label)?.enabled !== false,
    choose: (label: string) => {
      const all = menu.flatMap((one) => [one, ...((one.submenu ?? []) as Menu)]);
      const item = all.find((one) => one.label === label);
      (item?.click as (() => void) | undefined)?.();
    },
    passTo: (to: number) => {
      now = to;
      if (timer && timer.at <= now) timer.then();
    },
  };
}

describe('the tray', () => {
  it('draws what is known when it appears, and then only what changed', () => {
    const { view, taken, labels } = desk();
    view.set(READY);
    expect(taken()).toEqual([]);
    view.show();
    expect(taken()).toEqual(['create normal', 'tooltip Careen: 12.0 GB can go', 'menu']);
    expect(labels()).toEqual([
      '12.0 GB can go',
      'Docker Engine 26.1.5',
      "Docker's disk is 88 % full",
      "This computer's disk is 40 % full",
      words.tray.open,
      words.tray.cleanUp,
      words.tray.cleanNow,
      words.tray.pauseHour,
      words.tray.pauseTomorrow,
      words.tray.pauseDays,
      words.tray.quit,
    ]);
    view.set(structuredClone(READY));
    expect(taken()).toEqual([]);
    view.set({ run: running });
    expect(taken()).toEqual(['icon working', 'tooltip Careen: Cleaning up: 3 of 11', 'menu']);
    view.speak(messages('zh-CN'));
    expect(taken()).toEqual([expect.stringContaining('正在清理'), 'menu']);
  });

  describe('with several engines', () => {
    const size = (gb: number) => ({ min: gb * GB, max: gb * GB, certainty: 'exact' as const });
    const first = rowOf('first', { name: 'here', canGo: size(12), canGoImages: 12 });
    const cellar = rowOf('cellar', { canGo: size(2), canGoImages: 3, updates: 2 });
    const attic = rowOf('attic', { state: 'lost' });
    const shed = rowOf('shed', { canGo: size(0) });
    const several = (...rows: EngineRow[]) => ({ engines: rows, together: false });
    const line = 'cellar: 2.0 GB can go, 2 updates';
    const shown = (fleet = several(first, cellar, attic, shed)) => {
      const one = desk();
      one.view.set({ ...READY, fleet });
      one.view.show();
      one.view.setOther('cellar', {
        ...READY,
        engine: engine('connected'),
        totals: totals(3),
        updates: slice([row(), row({ container: 'db' })]),
      });
      one.taken();
      return one;
    };

    it('says above what all hold together, and has a menu for each', () => {
      const { labels, under } = shown();
      expect(labels()).toEqual([
        '14.0 GB can go',
        words.tray.open,
        'here: 12.0 GB can go',
        line,
        'attic: does not answer',
        'shed: nothing to do',
        words.tray.pauseHour,
        words.tray.pauseTomorrow,
        words.tray.pauseDays,
        words.tray.quit,
      ]);
      expect(under(line).labels).toEqual([
        'Docker Engine 26.1.5',
        "Docker's disk is 88 % full",
        "This computer's disk is 40 % full",
        words.tray.openEngine,
        words.tray.cleanUp,
        words.tray.cleanNow,
        '2 updates',
        words.tray.updateAll,
      ]);
    });

    it('acts on the engine that is meant', () => {
      const { under, taken } = shown();
      const { openEngine, cleanUp, cleanNow, updateAll } = words.tray;
      for (const label of [openEngine, cleanUp, cleanNow, '2 updates', updateAll])
        under(line).choose(label);
      under('here: 12.0 GB can go').choose(cleanNow);
      expect(taken()).toEqual([
        'engine cellar',
        'cleanUp on cellar',
        'cleanNow on cellar',
        'openUpdates on cellar',
        'updateAll web db on cellar',
        'cleanNow',
      ]);
    });

    it('offers nothing of one that does not answer but to open it', () => {
      const { under } = shown();
      const { labels, isEnabled } = under('attic: does not answer');
      expect(labels).toEqual([words.tray.openEngine, words.tray.cleanUp, words.tray.cleanNow]);
      expect([words.tray.cleanUp, words.tray.cleanNow].map(isEnabled)).toEqual([false, false]);
    });

    it('does nothing twice while its own run waits for another engine', () => {
      const { view, under } = shown();
      const { cleanNow, updateAll } = words.tray;
      const waits = 'cellar: waits for another engine';
      view.set({ fleet: several(first, { ...cellar, queued: 1, waitsFor: 'first' }) });
      view.setOther('cellar', { run: { ...running, current: null, queued: 1 } });
      expect([cleanNow, updateAll].map(under(waits).isEnabled)).toEqual([false, false]);
      expect(under('here: 12.0 GB can go').isEnabled(cleanNow)).toBe(true);
    });

    it('says above which one is worked on, and leads to the question of the one that asks', () => {
      const { view, labels, under, taken } = shown();
      const run = { kind: 'clean' as const, done: 1, total: 2 };
      view.set({ fleet: several(first, { ...cellar, run }) });
      expect(labels()[0]).toBe('cellar: cleaning up: 1 of 2');
      expect(taken()).toContain('icon working');
      const question = {
        planId: 'p1',
        by: 'schedule' as const,
        why: 'mode' as const,
        items: 12,
        reclaimable: size(3),
        lost: lostImages([]),
        at: NOW,
      };
      view.set({ fleet: several(first, { ...cellar, asks: true }) });
      view.setOther('cellar', { run: { ...running, current: null, question } });
      taken();
      under('cellar: waits for your answer…').choose(
        'Clean-up waits for your answer: 12 items, 3.0 GB…',
      );
      expect(taken()).toEqual(['plan p1 on cellar']);
    });

    it('keeps what an engine tells before the list names it', () => {
      const { view, under } = shown(several(first));
      view.set({ fleet: several(first, cellar) });
      expect(under(line).labels).toContain('2 updates');
    });

    it('forgets what went off the list', () => {
      const { view, labels, under } = shown();
      view.set({ fleet: several(first) });
      expect(labels()).toContain(words.tray.cleanNow);
      view.set({ fleet: several(first, rowOf('cellar')) });
      expect(under('cellar: reading the images…').labels).not.toContain('2 updates');
    });
  });

  it('says when the disk is full and what comes next, in words of the hour', () => {
    const { view, taken, labels, passTo } = desk();
    const hour = 3_600_000;
    const day = 24 * hour;
    const forecast = { fullAt: NOW + 9 * day, earliest: NOW + 6 * day, latest: NOW + 14 * day };
    view.set({
      ...READY,
      gauges: { engine: disk(88), host: disk(88), same: true, at: NOW, forecast },
      run: { ...running, current: null, next: { cause: 'schedule', at: NOW + 5 * hour } },
      updates: { ...slice([]), nextAt: NOW + 3 * hour },
    });
    view.show();
    expect(labels()).toContain('Full in about 9 days (6 to 14)');
    expect(labels()).toContain('Next: clean up today 17:00, check for updates in 3 hours');
    taken();
    passTo(NOW + 1);
    expect(taken()).toEqual(['menu']);
    expect(labels()).toContain('Next: clean up today 17:00, check for updates in 2 hours');
    passTo(NOW + 2 * hour + 1);
    expect(labels()).toContain('Next: clean up today 17:00, check for updates within the hour');
  });

  it('has every act in its menu', () => {
    const { view, taken, choose, click } = desk();
    view.set(READY);
    view.show();
    taken();
    const { open, cleanUp, cleanNow, pauseHour, pauseTomorrow, quit } = words.tray;
    const three = words.tray.days(3);
    for (const label of [open, cleanUp, cleanNow, pauseHour, pauseTomorrow, three, quit])
      choose(label);
    click();
    expect(taken()).toEqual([
      'open',
      'cleanUp',
      'cleanNow',
      'pause "hour"',
      'pause "tomorrow"',
      'pause {"days":3}',
      'quit',
      'open',
    ]);
  });

  it('tells of a question, and leads to its plan', () => {
    const { view, taken, choose, labels } = desk();
    view.set(READY);
    view.show();
    taken();
    const ask = (planId: string): RunSlice => ({
      current: null,
      queued: 0,
      last: null,
      question: {
        planId,
        by: 'schedule',
        why: 'mode',
        items: 12,
        reclaimable: { min: 3.4 * GB, max: 3.4 * GB, certainty: 'exact' },
        lost: lostImages([]),
        at: NOW,
      },
      next: null,
      update: null,
    });
    const line = 'Clean-up waits for your answer: 12 items, 3.4 GB…';
    view.set({ run: ask('p1') });
    expect(labels()).toContain(line);
    view.set({ run: ask('p2') });
    choose(line);
    expect(taken()).toEqual(['icon attention', 'menu', 'menu', 'plan p2']);
    view.set(READY);
    expect(labels()).not.toContain(line);
  });

  it('tells of a full disk for which nothing can go, and leads to the overview', () => {
    const { view, choose, labels, taken } = desk();
    view.set(READY);
    view.show();
    const question = {
      planId: null,
      by: 'pressure' as const,
      why: 'nothing-can-go' as const,
      items: 0,
      reclaimable: { min: 0, max: 0, certainty: 'exact' as const },
      lost: lostImages([]),
      at: NOW,
    };
    view.set({ run: { current: null, queued: 0, last: null, question, next: null, update: null } });
    const line = "Docker's disk is 88 % full, and nothing can go by the policy…";
    expect(labels()).toContain(line);
    taken();
    choose(line);
    expect(taken()).toEqual(['plan null']);
  });

  it('tells with what can go how much of it cannot be brought back', () => {
    const { view, labels, taken } = desk();
    const lost = { images: 12, lost: 9, sure: true };
    view.set({ ...READY, totals: { ...totals(12), canGoLost: lost } });
    view.show();
    const told = '12.0 GB can go; 9 of 12 images cannot be brought back';
    expect(labels()[0]).toBe(told);
    expect(taken()).toContain(`tooltip Careen: ${told}`);
    const question = {
      planId: 'p4',
      by: 'schedule' as const,
      why: 'mode' as const,
      items: 2,
      reclaimable: { min: GB, max: GB, certainty: 'exact' as const },
      lost: { images: 2, lost: 2, sure: false },
      at: NOW,
    };
    view.set({ run: { current: null, queued: 0, last: null, question, next: null, update: null } });
    expect(labels()).toContain(
      'Clean-up waits for your answer: 2 items, 1.0 GB; the 2 images are not known to come back…',
    );
  });

  it('tells of a full disk with its figures, and leads to its plan', () => {
    const { view, taken, choose, labels } = desk();
    view.set(READY);
    view.show();
    taken();
    const reclaimable = { min: 14 * GB, max: 14 * GB, certainty: 'exact' as const };
    const question = {
      planId: 'p3',
      by: 'pressure' as const,
      why: 'mode' as const,
      items: 9,
      reclaimable,
      lost: lostImages([]),
      at: NOW,
    };
    view.set({ run: { current: null, queued: 0, last: null, question, next: null, update: null } });
    const line = "Docker's disk is 88 % full; 14.0 GB can go…";
    expect(labels()).toContain(line);
    choose(line);
    expect(taken()).toEqual(['icon attention', 'menu', 'plan p3']);
  });

  it('says one disk once, and nothing of one that is not known', () => {
    const { view, labels } = desk();
    const gauges = { engine: disk(88), host: disk(88), same: true, at: NOW, forecast: null };
    view.set({ ...READY, gauges });
    view.show();
    const disks = () => labels().filter((label) => label.includes('full'));
    expect(disks()).toEqual(["Docker's disk is 88 % full"]);
    view.set({ gauges: { ...gauges, engine: noEngine, host: disk(40), same: false } });
    expect(disks()).toEqual(["This computer's disk is 40 % full"]);
  });

  describe('of the last run', () => {
    const hour = 3_600_000;
    const cleaned: CleanRun = {
      runId: 'r7',
      kind: 'clean',
      planId: 'p',
      by: 'tray',
      engine: 'Docker Engine',
      startedAt: NOW - 2 * hour,
      endedAt: NOW - 2 * hour,
      outcome: 'done',
      removed: [],
      skipped: [],
      failed: [],
      estimated: { min: 0, max: 0, certainty: 'exact' },
      measured: 0,
    };
    const web = updated({ state: 'updated', proven: true });
    const update = (containers: (typeof web)[], ended: number | null) =>
      updateRun(containers, { runId: 'r8', startedAt: NOW - 60_000, endedAt: ended });
    const head = (...runs: HistoryRun[]) => ({ history: { head: runs, more: false, read: true } });
    const shown = (...runs: HistoryRun[]) => {
      const all = desk();
      all.view.set({ ...READY, ...head(...runs) });
      all.view.show();
      all.taken();
      return { ...all, last: () => all.labels().find((label) => label.startsWith('Last:')) };
    };

    it('tells how it ended, and leads to it', () => {
      const { view, last, choose, taken } = shown(cleaned);
      expect(last()).toBe('Last: Nothing was removed, 2 hours ago');
      choose('Last: Nothing was removed, 2 hours ago');
      expect(taken()).toEqual(['run r7']);
      view.set(head(update([web], NOW), cleaned));
      expect(last()).toBe('Last: web was updated, just now');
      choose('Last: web was updated, just now');
      expect(taken()).toEqual(['menu', 'run r8']);
      view.set(
        head(update([web, updated({ state: 'updated', proven: true }, { container: 'db' })], NOW)),
      );
      expect(last()).toBe('Last: 2 updated, just now');
    });

    it('tells none that is under way, and nothing while one is', () => {
      const { view, last } = shown(update([web], null), update([], NOW), cleaned);
      expect(last()).toBe('Last: Nothing was removed, 2 hours ago');
      view.set({ run: updating });
      expect(last()).toBeUndefined();
      view.set({ run: running });
      expect(last()).toBeUndefined();
    });

    it('says anew how long ago it was', () => {
      const { last, passTo, taken } = shown(update([web], NOW));
      passTo(NOW + 59_999);
      expect(taken()).toEqual([]);
      passTo(NOW + 60_000);
      expect(last()).toBe('Last: web was updated, 1 minute ago');
      passTo(NOW + hour);
      expect(last()).toBe('Last: web was updated, 1 hour ago');
    });
  });

  it('says anew when a pause ends as that comes nearer', () => {
    const { view, labels, passTo } = desk();
    const hour = 3_600_000;
    view.set({ ...READY, settings: { ...paused, pausedUntil: NOW + 40 * 24 * hour } });
    view.show();
    expect(labels()[0]).toBe('Paused; resumes 3 January 2027');
    view.set({ settings: { ...paused, pausedUntil: NOW + hour } });
    expect(labels()[0]).toBe('Paused; resumes in 1 hour');
    passTo(NOW + 1);
    expect(labels()[0]).toBe('Paused; resumes in 59 minutes');
  });

  it('goes on by itself when a pause ends', () => {
    const { view, taken, labels, passTo } = desk();
    view.set({ ...READY, settings: paused });
    view.show();
    expect(labels()).toContain(words.tray.resume);
    expect(taken()[0]).toBe('create paused');
    passTo(NOW + 60_000);
    expect(labels()).not.toContain(words.tray.resume);
    expect(taken()).toContain('icon normal');
  });

  it('is gone after its end', () => {
    const { view, taken } = desk();
    view.show();
    view.dispose();
    taken();
    view.set(READY);
    expect(taken()).toEqual([]);
  });

  it('offers the updates that there are, and those that go together by name', () => {
    const { view, taken, choose, labels } = desk();
    view.set(READY);
    view.show();
    expect(labels()).not.toContain(words.tray.updateAll);
    const updates = slice([row(), owned(), row({ container: 'db' })]);
    view.set({ updates });
    taken();
    expect(labels()).toContain('3 updates');
    choose('3 updates');
    choose(words.tray.updateAll);
    expect(taken()).toEqual(['openUpdates', 'updateAll web db']);
    // The words stay; whom they are about does not.
    view.set({ updates: slice([row(), owned(), row({ container: 'cache' })]) });
    taken();
    choose(words.tray.updateAll);
    expect(taken()).toEqual(['updateAll web cache']);
  });

  it('offers none of them while a run is under way, nor without an engine', () => {
    const { view, labels, isEnabled } = desk();
    view.set({ ...READY, updates: slice([row()]) });
    view.show();
    expect(isEnabled(words.tray.updateAll)).toBe(true);
    view.set({ run: updating });
    expect(isEnabled(words.tray.updateAll)).toBe(false);
    expect(isEnabled(words.tray.cleanNow)).toBe(false);
    expect(labels()[0]).toBe('Updating: 1 of 3');
    view.set({ engine: engine('lost') });
    expect(labels()).not.toContain(words.tray.updateAll);
  });
});
