import { pauseEnd } from '../../../main/domain/pause.js';
import type { Messages } from '../../../main/messages/index.js';
import type { AppState } from '../state/app.svelte.js';
import { screens, type Screen } from '../state/router.svelte.js';
import { ADD } from '../fleet/view.js';
import { countsOf } from '../updates/view.js';
import type { Shortcut } from './keys.js';

type Words = Messages['window']['palette'];
export type ActId = `go-${Screen}` | keyof Words['act'];

/** One thing that a person can do from anywhere: the palette, the list of keys and the keys are this. */
export interface Act {
  id: ActId;
  group: keyof Words['group'];
  words: (m: Messages) => string;
  /** All that do it; the first is shown beside its words. */
  shortcuts: readonly Shortcut[];
  /** Whether it can be done as things stand. */
  can: (app: AppState) => boolean;
  /** What changes anything asks first where its screen does. */
  run: (app: AppState) => void;
}

const always = () => true;
const connected = (app: AppState) => app.slices.engine?.status === 'connected';
const isPaused = (app: AppState) => (app.slices.settings?.pausedUntil ?? 0) > app.now;
const updatesOf = (app: AppState) => app.slices.updates?.rows ?? [];

const act = (
  id: keyof Words['act'],
  group: Act['group'],
  run: Act['run'],
  { can = always, shortcuts = [] }: Partial<Pick<Act, 'can' | 'shortcuts'>> = {},
): Act => ({ id, group, words: (m) => m.window.palette.act[id], shortcuts, can, run });

async function pause(app: AppState): Promise<void> {
  const settings = await app.call('pause', { until: pauseEnd('hour', Date.now()) });
  if (settings?.pausedUntil != null)
    app.tell(
      'info',
      app.m.window.settings.pausedUntil(app.m.format.when(settings.pausedUntil, app.now)),
      null,
    );
}

async function resume(app: AppState): Promise<void> {
  if (await app.call('pause', { until: null }))
    app.tell('info', app.m.window.palette.resumed, null);
}

/** In the order of the list. */
export const acts: readonly Act[] = [
  ...screens.map((screen, place): Act => ({
    id: `go-${screen}`,
    group: 'go',
    words: (m) => m.window.nav[screen],
    shortcuts: [{ key: String(place + 1), mod: true }],
    can: always,
    run: (app) => app.router.go(screen),
  })),
  {
    id: 'go-engines',
    group: 'go',
    words: (m) => m.window.nav.engines,
    shortcuts: [],
    can: always,
    run: (app) => app.router.go('engines'),
  },
  act('search', 'go', (app) => app.palette.search?.(), {
    can: (app) => app.palette.search !== null,
    shortcuts: [{ key: '/' }, { key: 'f', mod: true }],
  }),
  act(
    'clean-up',
    'do',
    (app) => {
      app.router.go('cleanup');
      void app.cleanUp.choose('policy');
    },
    { can: connected },
  ),
  act(
    'free',
    'do',
    (app) => {
      app.router.go('cleanup');
      void app.cleanUp.choose('free');
    },
    { can: connected },
  ),
  act(
    'check',
    'do',
    (app) => {
      app.router.go('updates');
      void app.call('update.check', { containers: null });
    },
    {
      can: (app) => connected(app) && updatesOf(app).length > 0 && !app.slices.updates?.checking,
    },
  ),
  act(
    'update-all',
    'do',
    (app) => {
      app.router.go('updates');
      app.updates.askAll(updatesOf(app), app.slices.run?.update ?? null);
    },
    {
      can: (app) =>
        connected(app) &&
        countsOf(updatesOf(app), app.slices.run?.update ?? null).forAll.length > 0,
    },
  ),
  act('pause', 'do', (app) => void pause(app), { can: (app) => !isPaused(app) }),
  act('resume', 'do', (app) => void resume(app), { can: isPaused }),
  act('look', 'do', (app) => void app.call('engine.look', {}), {
    can: (app) => app.slices.engine?.status !== 'home-busy',
    shortcuts: [{ key: 'f5' }, { key: 'r', mod: true }],
  }),
  act('add-engine', 'do', (app) => app.router.go('engines', ADD)),
  act('theme-system', 'look', (app) => void app.call('settings.set', { theme: 'system' })),
  act('theme-light', 'look', (app) => void app.call('settings.set', { theme: 'light' })),
  act('theme-dark', 'look', (app) => void app.call('settings.set', { theme: 'dark' })),
  act('language-system', 'look', (app) => void app.call('settings.set', { language: 'system' })),
  act('language-en', 'look', (app) => void app.call('settings.set', { language: 'en' })),
  act('language-zh', 'look', (app) => void app.call('settings.set', { language: 'zh-CN' })),
  act('commands', 'help', (app) => (app.palette.open = 'commands'), {
    shortcuts: [{ key: 'k', mod: true }],
  }),
  act('shortcuts', 'help', (app) => (app.palette.open = 'shortcuts'), {
    shortcuts: [{ key: '?' }, { key: '/', mod: true }],
  }),
];
