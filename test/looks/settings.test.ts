import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../main/contract/commands.js';
import { violationsOf } from '../support/axe.js';
import { DAY, NOW } from './base.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { policyView } from './kinds.js';
import { openStage, openView, type View } from './page.js';
import { noEngine, slicesOf, smallStore } from './synthetic.js';

const own = slicesOf(smallStore());
const slices = {
  ...own,
  run: { ...own.run, next: { cause: 'schedule' as const, at: NOW + 3 * (DAY / 24) } },
};
const inForce = policyView.policy;
if (inForce === null) throw new Error('the made-up policy is none');
const plain: Result<'policy.get'> = {
  ...policyView,
  policy: { ...inForce, mode: 'confirm' },
  modeLowered: null,
};
const withTriggers = (change: Partial<(typeof inForce)['triggers']>): Result<'policy.get'> => ({
  ...plain,
  policy: { ...inForce, mode: 'confirm', triggers: { ...inForce.triggers, ...change } },
});

const inSight = (testid: string) => async (page: Page) => {
  await page.getByTestId('version').waitFor();
  await page
    .getByTestId(testid)
    .evaluate((element) => element.previousElementSibling?.scrollIntoView({ block: 'start' }));
};
const opened = (testid: string) => async (page: Page) => {
  await inSight(testid)(page);
  for (const summary of await page.getByTestId(testid).locator('summary').all())
    await summary.click();
};

const base = { route: 'settings', slices, policy: plain };
const screens: Record<string, Omit<View, 'theme'>> = {
  settings: { ...base, act: (page) => page.getByTestId('version').waitFor() },
  'settings-clean-ups': { ...base, act: inSight('settings-clean-ups') },
  'settings-weekly': {
    ...base,
    policy: withTriggers({
      schedule: '30 7 * * 1',
      pressure: { free: 10e9, to: 20e9, cooldown: 0 },
    }),
    act: inSight('settings-clean-ups'),
  },
  'settings-cron': {
    ...base,
    policy: withTriggers({ schedule: '0 */6 * * 1-5' }),
    act: async (page) => {
      await inSight('settings-clean-ups')(page);
      await page.getByTestId('mark-low').fill('90');
    },
  },
  'settings-lowered': { ...base, policy: policyView, act: inSight('settings-clean-ups') },
  'settings-notify': { ...base, act: inSight('settings-notify') },
  'settings-app': { ...base, act: inSight('settings-app') },
  'settings-registries': { ...base, act: opened('settings-registries') },
  'settings-no-registry': {
    ...base,
    registries: {
      registries: [],
      looked: { config: '/home/ada/.docker/config.json', helpers: [] },
    },
    act: inSight('settings-registries'),
  },
  'settings-data': { ...base, act: opened('settings-data') },
  'settings-diagnostics': {
    ...base,
    act: async (page) => {
      await opened('settings-diagnostics')(page);
      await page.getByTestId('diagnostics-save').click();
      await page.getByTestId('diagnostics-saved').waitFor();
      await page.getByTestId('version').scrollIntoViewIfNeeded();
    },
  },
  'settings-no-engine': {
    ...base,
    slices: { ...slices, engine: noEngine },
    act: (page) => page.getByTestId('version').waitFor(),
  },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

const overflowOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.Settings, .Settings .item')]
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => element.textContent?.trim().slice(0, 60)),
  );

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
    it.each(Object.entries(screens))('%s is drawn, and axe finds nothing', async (name, view) => {
      const settings = { ...view.slices.settings, language };
      const page = await openView(stage, { ...view, theme, slices: { ...view.slices, settings } });
      const complaints = complaintsOf(page);
      await page.screenshot({ path: path.join(OUTPUT, `${name}-${theme}-${language}.png`) });
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await overflowOf(page)).toEqual([]);
      await page.close();
    });
  });
});

describe.each([
  ['900x600', { width: 900, height: 600 }],
  // What is left of 900 × 600 at 200 % zoom.
  ['zoom', { width: 450, height: 300 }],
])('at %s', (size, dimensions) => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const page = await openView(stage, { ...view, ...dimensions });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-${size}.png`) });
    expect(await overflowOf(page)).toEqual([]);
    await page.close();
  });
});

describe('the settings', () => {
  it('refuse marks that are no pair, in words, and say nothing of good ones', async () => {
    const page = await openView(stage, base);
    await page.getByTestId('mark-low').fill('90');
    await page.getByTestId('marks').getByRole('alert').waitFor();
    await page.getByTestId('mark-low').fill('70');
    await expect.poll(() => page.getByTestId('marks').getByRole('alert').count()).toBe(0);
    await page.close();
  });
});
