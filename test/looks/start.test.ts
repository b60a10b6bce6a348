import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyTrial } from '../../main/contract/policy.js';
import type { EngineSlice, ImageRow, Slices } from '../../main/contract/slices.js';
import { type TemplateName, templates } from '../../main/domain/policy/templates/index.js';
import { violationsOf } from '../support/axe.js';
import { exact } from './base.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { answersOf } from './policies.js';
import { noEngine, slicesOf, smallStore } from './synthetic.js';

const rows = smallStore();
const slices: Slices = slicesOf(rows);
const settings = { ...slices.settings, welcomed: false, launchAtLogin: false };
const first: Slices = { ...slices, settings };
const none: Slices = { ...first, engine: noEngine, images: { ...first.images, upsert: [] } };

const AGENTS = {
  linux: undefined,
  mac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Electron/33.2.1',
  windows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Electron/33.2.1',
};

/** What a draft would do that takes these images. */
function trialOf(takes: (row: ImageRow) => boolean, sure: boolean): PolicyTrial {
  const taken = rows.filter((row) => row.decidedBy !== 'hold' && takes(row));
  const bytes = exact(taken.reduce((sum, row) => sum + row.unique.min, 0));
  const more = taken.filter(({ verdict }) => verdict === 'keep');
  const less = rows.filter((row) => row.verdict === 'remove' && !taken.includes(row));
  return {
    error: null,
    rules: [],
    parts: [],
    moreOthers: [],
    lessOthers: [],
    more: more.map(({ id, refs, unique }) => ({ id, refs, reclaimable: unique, ticked: sure })),
    less: less.map(({ id, refs }) => ({ id, refs })),
    moreBytes: exact(0),
    lessBytes: exact(0),
    canGo: sure ? bytes : exact(0),
    canGoImages: sure ? taken.length : 0,
    canGoOfImages: sure ? bytes : exact(0),
    canGoAll: bytes,
    couldGoImages: sure ? 0 : taken.length,
  };
}
const going = (row: ImageRow) => row.verdict === 'remove';
const older = (age: number) => (row: ImageRow) =>
  (row.created ?? 0) < (rows[0]?.created ?? 0) - age;
const DAY = 86_400_000;
const templateOf = (name: TemplateName, tried: PolicyTrial) => ({ text: templates[name], tried });
const draftsOf = (sure: boolean) => {
  const careful = trialOf((row) => going(row) && older(45 * DAY)(row), sure);
  const balanced = trialOf(going, sure);
  const tight = trialOf((row) => going(row) || older(7 * DAY)(row), sure);
  return answersOf({
    templates: {
      careful: templateOf('careful', careful),
      balanced: templateOf('balanced', balanced),
      tight: templateOf('tight', tight),
    },
  });
};
const drafts = draftsOf(true);

const on = (n: number) => async (page: Page) => {
  for (let i = 1; i < n; i++) await page.getByTestId('welcome-next').click();
  await page.locator(`.Welcome[data-step="${n}"] h1`).waitFor();
  if (n === 3) await page.getByTestId('welcome-schedule').waitFor();
  if (n === 2) await page.getByTestId('level-tight').waitFor();
};
const looking: EngineSlice = { ...noEngine, status: 'looking', looked: [], error: null };
const base = { route: 'overview', slices: first, drafts };

const screens: Record<string, Omit<View, 'theme'>> = {
  'start-1-found': base,
  'start-1-reading': {
    ...base,
    slices: {
      ...first,
      images: {
        ...first.images,
        upsert: [],
        totals: { ...first.images.totals, images: 0, judgedAt: null },
      },
    },
  },
  'start-1-none': { ...base, slices: none },
  'start-1-looking': { ...base, slices: { ...none, engine: looking } },
  'start-2': { ...base, act: on(2) },
  'start-2-met-just-now': { ...base, drafts: draftsOf(false), act: on(2) },
  'start-2-tight': {
    ...base,
    act: async (page) => {
      await on(2)(page);
      await page.getByTestId('level-tight').click();
    },
  },
  'start-2-none': { ...base, slices: none, act: on(2) },
  'start-3': { ...base, act: on(3) },
  ...Object.fromEntries(
    Object.entries(AGENTS).map(([name, userAgent]) => [
      `start-no-engine-${name}`,
      {
        route: 'overview',
        slices: { ...slices, engine: noEngine },
        ...(userAgent === undefined ? {} : { userAgent }),
      },
    ]),
  ),
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
    it.each(Object.entries(screens))('%s is drawn, and axe finds nothing', async (name, view) => {
      const own = { ...view.slices.settings, language };
      const page = await openView(stage, {
        ...view,
        theme,
        slices: { ...view.slices, settings: own },
      });
      const complaints = complaintsOf(page);
      await page.screenshot({ path: path.join(OUTPUT, `${name}-${theme}-${language}.png`) });
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
});

describe.each(['en', 'zh-CN'] as const)('at 900 × 600 in %s', (language) => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const page = await openView(stage, {
      ...view,
      width: 900,
      height: 600,
      slices: { ...view.slices, settings: { ...view.slices.settings, language } },
    });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-900x600-${language}.png`) });
    const overflow = await page.evaluate(() => {
      const sheet = document.querySelector('.Welcome') ?? document.documentElement;
      return sheet.scrollWidth - sheet.clientWidth;
    });
    expect(overflow).toBe(0);
    await page.close();
  });
});

describe('without an engine', () => {
  const forbidden = (endpoint: string) => ({
    ...noEngine,
    looked: [{ name: '', kind: 'socket' as const, endpoint, outcome: 'no-permission' as const }],
  });
  it.each([
    [AGENTS.linux, 'unix:///run/docker.sock', 1],
    [AGENTS.linux, 'unix:///var/run/docker.sock', 1],
    [AGENTS.linux, 'unix:///home/ada/.docker/desktop/docker.sock', 0],
    [AGENTS.mac, 'unix:///var/run/docker.sock', 0],
    [AGENTS.windows, 'npipe:////./pipe/docker_engine', 0],
  ])('the group docker is advised on Linux for its own socket: %s, %s', async (agent, at, n) => {
    const page = await openView(stage, {
      route: 'overview',
      slices: { ...slices, engine: forbidden(at) },
      ...(agent === undefined ? {} : { userAgent: agent }),
    });
    expect(await page.getByTestId('join-group').count()).toBe(n);
    await page.close();
  });
});

describe('by keyboard', () => {
  it('the levels are chosen with arrows, and Enter goes on', async () => {
    const page = await openView(stage, base);
    const step = () => page.getByTestId('welcome-step').innerText();
    await page.getByTestId('welcome').waitFor();
    await page.locator('h1:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role=radio]:focus').waitFor();
    expect(await step()).toBe('2 of 3');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    expect(await focused()).toBe('level-balanced');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('level-tight');
    expect(await page.getByTestId('level-tight').getAttribute('aria-checked')).toBe('true');
    // Esc does nothing that could not be taken back.
    await page.keyboard.press('Escape');
    expect(await step()).toBe('2 of 3');
    await page.keyboard.press('Enter');
    await page.locator('h1:focus').waitFor();
    expect(await step()).toBe('3 of 3');
    expect(await page.getByTestId('welcome-next').innerText()).toBe('Start with Tight');
    await page.close();
  });
});
