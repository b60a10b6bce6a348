import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { questionOf } from './runs.js';
import * as states from './watch-states.js';

const { slices, opened } = states;
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Electron/33.2.1';
const click = (page: Page, testid: string) => page.getByTestId(testid).first().click();
const ask = (testid: string) => async (page: Page) => {
  const row = page.getByTestId(testid);
  if ((await row.count()) === 0) await click(page, 'suggestions-all');
  await row.getByRole('button').first().click();
  await page.getByTestId('ask').waitFor();
};

/** What Careen tells of disks, of what comes next and of what it suggests. */
const screens: Record<string, Omit<View, 'theme'>> = {
  'watch-full': {
    route: 'overview',
    slices: {
      ...states.full,
      run: { ...slices.run, question: { ...questionOf(slices.images.upsert), by: 'pressure' } },
    },
    act: async (page) => {
      await click(page, 'gauge-why');
      await page.getByTestId('gauge-details').waitFor();
    },
  },
  'watch-one-disk': { route: 'overview', slices: states.oneDisk },
  'watch-partly-known': { route: 'overview', slices: states.partlyKnown },
  'watch-trend-few': { route: 'overview', slices: states.young, samples: states.few },
  'watch-trend-year': {
    route: 'overview',
    slices: states.young,
    samples: states.year,
    act: async (page) => {
      await page.getByTestId('trend').getByRole('button').last().click();
    },
  },
  'watch-trend-none': { route: 'overview', slices: states.young, samples: states.none },
  'watch-suggestions-none': {
    route: 'overview',
    slices: states.noSuggestions,
    // Also what was counted before can be counted again.
    act: (page) => page.getByTestId('suggestions-measure').waitFor(),
  },
  'watch-suggestions-many': {
    route: 'overview',
    slices: states.manySuggestions,
    act: (page) => click(page, 'suggestions-all'),
  },
  'watch-ask-policy': {
    route: 'overview',
    slices,
    opened,
    act: ask('suggestion-costly-keep'),
  },
  'watch-ask-advice': {
    route: 'overview',
    slices,
    opened,
    act: ask('suggestion-unbounded-logs'),
  },
  'watch-settings': {
    route: 'settings',
    slices,
    userAgent: MAC,
    act: (page) => page.getByTestId('home').scrollIntoViewIfNeeded(),
  },
  'watch-settings-paused': {
    route: 'settings',
    slices: states.paused,
    act: (page) => page.getByTestId('home').scrollIntoViewIfNeeded(),
  },
  'watch-paused': { route: 'overview', slices: states.paused },
};

/** Elements whose text is cut without anything that tells the rest of it; tiles have tooltips. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.Overview *, .Settings *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .filter((one) => getComputedStyle(one).overflowX === 'hidden')
      .filter(
        (one) => one.closest('[title]') === null && one.closest('.hidden-text, .SpaceMap') === null,
      )
      .filter((one) => !one.matches('a.cut'))
      .map((one) => {
        const edge = one.getBoundingClientRect().right + 1;
        const out = [...one.querySelectorAll('*')]
          .filter((part) => part.getBoundingClientRect().right > edge)
          .map((part) => `<${part.tagName} ${part.className}> ${part.textContent?.trim()}`);
        return `${one.className}: ${out.at(-1) ?? one.textContent?.trim()}`;
      }),
  );

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

drawsEach(screens, () => stage);

describe.each(['en', 'zh-CN'] as const)('at 900 × 600 in %s', (language) => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const settings = { ...view.slices.settings, language };
    const page = await openView(stage, {
      ...view,
      width: 900,
      height: 600,
      slices: { ...view.slices, settings },
    });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-900x600-${language}.png`) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await cutOff(page)).toEqual([]);
    await page.close();
  });
});

describe('the trend', () => {
  it('says what each clean-up freed: beside it, where it is pointed at, and to who does not see it', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    const freed = page.getByTestId('trend-freed');
    expect(await freed.allInnerTexts()).toEqual(['−9.8 GB', '−10.5 GB', '−13.3 GB']);
    const told = await page.getByTestId('trend-clean-ups').locator('li').allInnerTexts();
    expect(told).toEqual([
      'Clean-up of 4 November freed 9.8 GB',
      'Clean-up of 12 November freed 10.5 GB',
      'Clean-up of 21 November freed 13.3 GB',
    ]);
    for (const mark of [freed, page.getByTestId('trend-clean-up')])
      expect(await mark.evaluateAll((all) => all.map((one) => one.getAttribute('title')))).toEqual(
        told,
      );
    await page.close();
  });
});
