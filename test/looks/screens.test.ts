import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unknownGauge } from '../../main/domain/disk/gauge.js';
import { violationsOf } from '../support/axe.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { questionOf, runningOf, runOf, undoingOf } from './runs.js';
import { changed } from './store.js';
import { largeStore, noEngine, slicesOf, smallStore } from './synthetic.js';

const rows = smallStore();
const slices = slicesOf(rows);
const goes = rows.find((row) => row.verdict === 'remove')?.id ?? '';

const stays = rows.find((row) => row.verdict === 'keep')?.id ?? '';
const click = (page: Page, testid: string) => page.getByTestId(testid).first().click();
const press = (page: Page, testid: string, place: number) =>
  page.getByTestId(testid).getByRole('button').nth(place).click();

const { engine: disk } = slices.gauges;
const freed = runOf(rows).measured ?? 0;
const emptier = {
  ...disk,
  used: (disk.used ?? 0) - freed,
  available: (disk.available ?? 0) + freed,
  returns: 'shortly' as const,
};

const choose = async (page: Page, testid: string, place: number) => {
  await click(page, testid);
  await page.getByRole('option').nth(place).click();
};
/** Fills a date or time field, whatever the order of its parts. */
const write = async (page: Page, testid: string, parts: Record<string, string>) => {
  for (const [part, text] of Object.entries(parts)) {
    await page.getByTestId(testid).locator(`[data-segment=${part}]`).focus();
    await page.keyboard.type(text);
  }
};

const screens: Record<string, Omit<View, 'theme'>> = {
  overview: { route: 'overview', slices },
  // What the slow part does not hold up is there: gauges, trend, updates, what changed last.
  'overview-judging': {
    route: 'overview',
    slices: {
      ...slices,
      images: { ...slices.images, totals: { ...slices.images.totals, judgedAt: null } },
    },
    act: async (page) => {
      for (const testid of ['gauge-why', 'trend', 'overview-updates', 'last-changes'])
        await page.getByTestId(testid).first().waitFor();
      expect(await page.getByTestId('map-tile').count()).toBe(0);
      // After as long as a person waits without a word.
      await page.locator('.Where .EmptyState').waitFor();
    },
  },
  'overview-gauge': {
    route: 'overview',
    slices,
    act: async (page) => {
      await click(page, 'gauge-why');
      await page.getByTestId('gauge-details').waitFor();
    },
  },
  'overview-gauge-unknown': {
    route: 'overview',
    slices: {
      ...slices,
      gauges: {
        ...slices.gauges,
        engine: unknownGauge({ why: 'not-agreed', about: '/Users/ada/Library/Group Containers' }),
      },
    },
  },
  'overview-account': {
    route: 'overview',
    slices,
    act: async (page) => {
      await page.getByTestId('account').scrollIntoViewIfNeeded();
    },
  },
  images: { route: `images/${encodeURIComponent(goes)}`, slices },
  'images-kept': { route: `images/${encodeURIComponent(stays)}`, slices },
  'images-rule': { route: 'images?rule=stale', slices },
  cleanup: { route: 'cleanup', slices },
  'cleanup-end': {
    route: 'cleanup',
    slices,
    act: (page) => page.getByTestId('plan-group-name').scrollIntoViewIfNeeded(),
  },
  'cleanup-left': {
    route: 'cleanup',
    slices: {
      ...slices,
      images: {
        ...slices.images,
        // What waits for a tick came from a registry, and is the last of its repository.
        upsert: rows.map((row) =>
          row.verdict === 'remove' && !row.going && !row.estimate
            ? changed(row, { recoverable: 'likely' })
            : row,
        ),
      },
    },
    act: (page) => page.getByTestId('plan-group-left').scrollIntoViewIfNeeded(),
  },
  'cleanup-free': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await page.getByTestId('plan').waitFor();
      await press(page, 'way', 1);
      await page.getByTestId('free-amount').fill('40 GB');
      await page.getByTestId('shortfall').waitFor();
    },
  },
  'cleanup-volumes': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await page.getByTestId('plan').waitFor();
      await press(page, 'way', 2);
      await press(page, 'kind', 4);
      await press(page, 'side', 1);
      await page.getByTestId('stays').waitFor();
    },
  },
  'cleanup-rules': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await press(page, 'side', 1);
      await page.getByTestId('rules').waitFor();
    },
  },
  'cleanup-why': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await click(page, 'plan-why');
      await page.getByTestId('why-sentence').waitFor();
    },
  },
  'cleanup-why-volume': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await page.getByTestId('plan-group-name').getByTestId('plan-why').first().click();
      await page.getByTestId('why-sentence').waitFor();
    },
  },
  'cleanup-confirm': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await click(page, 'plan-check-unrecoverable');
      await click(page, 'plan-check-volume:acme-shop_pgdata');
      await click(page, 'act-remove');
      await page.getByTestId('confirm-dialog').waitFor();
    },
  },
  'cleanup-done': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await click(page, 'act-remove');
      await click(page, 'confirm-remove');
      await page.getByTestId('result').waitFor();
      await page.evaluate(
        (gauges) => {
          const { tell } = window as unknown as { tell: (slice: string, value: unknown) => void };
          tell('gauges', gauges);
        },
        { ...slices.gauges, engine: emptier },
      );
    },
  },
  question: {
    route: 'overview',
    slices: { ...slices, run: { ...slices.run, question: questionOf(rows) } },
  },
  undoing: { route: 'history', slices: { ...slices, run: undoingOf(rows) } },
  'history-undo': {
    route: 'history/r1',
    slices,
    act: async (page) => {
      await click(page, 'undo');
      await page.getByTestId('undo-back').first().waitFor();
    },
  },
  'history-filter': {
    route: 'history',
    slices,
    act: async (page) => {
      await press(page, 'history-kind', 2);
      await expect.poll(() => page.getByTestId('history-entry').count()).toBe(1);
    },
  },
  'history-day': {
    route: 'history',
    slices,
    act: async (page) => {
      await choose(page, 'history-span', 4);
      await page.getByTestId('history-day').locator('[data-segment=day]').focus();
    },
  },
  'history-between': {
    route: 'history',
    slices,
    act: async (page) => {
      await choose(page, 'history-span', 5);
      await write(page, 'history-from', { year: '2026', month: '11', day: '20' });
      await page.getByTestId('history-to').waitFor();
      await page.waitForFunction(() =>
        (window as unknown as { asked: { name: string }[] }).asked.some(
          (one) => one.name === 'history',
        ),
      );
    },
  },
  'history-none': {
    route: 'history',
    slices,
    act: async (page) => {
      await page.getByTestId('history-search').fill('no such image');
      await page.getByTestId('history-show-all').waitFor();
    },
  },
  'history-export': {
    route: 'history',
    slices,
    act: async (page) => {
      await click(page, 'export');
      await page.getByTestId('export-csv').waitFor();
    },
  },
  'engine-panel': {
    route: 'overview',
    slices,
    act: async (page) => {
      await click(page, 'engine-name');
      await page.getByTestId('looked-at').first().waitFor();
    },
  },
  'history-why': {
    route: 'history/r1',
    slices,
    act: (page) => click(page, 'history-why'),
  },
  'cleanup-running': { route: 'cleanup', slices: { ...slices, run: runningOf(rows) } },
  history: { route: 'history/r1', slices },
  settings: { route: 'settings', slices },
  'no-engine': { route: 'overview', slices: { ...slices, engine: noEngine } },
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
      const settings = { ...view.slices.settings, language };
      const page = await openView(stage, { ...view, theme, slices: { ...view.slices, settings } });
      const complaints = complaintsOf(page);
      await page.screenshot({ path: path.join(OUTPUT, `${name}-${theme}-${language}.png`) });
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    });
  });
});

describe('at 900 × 600', () => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const page = await openView(stage, { ...view, width: 900, height: 600 });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-900x600.png`) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    // In so little room the whole Overview scrolls: what is looked at may lie below it.
    if (name === 'overview-account') await page.getByTestId('answer').scrollIntoViewIfNeeded();
    const answer = await page.getByTestId('answer').boundingBox();
    expect(answer?.y).toBeGreaterThan(0);
    await page.close();
  });
});

describe('dates and times', () => {
  const last = (page: Page, name: string) =>
    page.evaluate(
      (of) =>
        (window as unknown as { asked: { name: string; params: unknown }[] }).asked
          .filter((one) => one.name === of)
          .at(-1)?.params,
      name,
    );
  it.each([
    ['en', '20/11/2026', '12:00', 'On this day, month'],
    ['zh-CN', '2026/11/20', '12:00', '这一天, 月'],
  ] as const)(
    'are written in the language of the window: %s',
    async (language, day, time, label) => {
      const own = { ...slices, settings: { ...slices.settings, language } };
      const page = await openView(stage, { route: 'history', slices: own });
      await choose(page, 'history-span', 4);
      await write(page, 'history-day', { year: '2026', month: '11', day: '20' });
      const field = page.getByTestId('history-day');
      expect(await field.textContent()).toBe(day);
      expect(await field.locator('[data-segment=month]').getAttribute('aria-label')).toBe(label);
      await expect
        .poll(() => last(page, 'history'))
        .toMatchObject({ since: new Date(2026, 10, 20).getTime() });
      // Each part takes up anew what is typed into it, and goes down by arrows.
      await write(page, 'history-day', { day: '22' });
      await field.locator('[data-segment=day]').focus();
      await page.keyboard.press('ArrowDown');
      await expect
        .poll(() => last(page, 'history'))
        .toMatchObject({ since: new Date(2026, 10, 21).getTime() });
      await page.evaluate(() => (location.hash = '#/settings'));
      const at = page.getByTestId('schedule-at');
      await at.waitFor();
      expect((await at.textContent())?.trim()).toBe(time);
      await at.locator('[data-segment=hour]').focus();
      await page.keyboard.type('0830');
      expect(await last(page, 'policy.edit')).toBeUndefined();
      await page.keyboard.press('Tab');
      await expect.poll(() => last(page, 'policy.edit')).toMatchObject({ value: '30 8 * * *' });
      await page.close();
    },
  );
});

describe('the table with 5,000 images', () => {
  it('draws only the lines in sight, and finds, filters and sorts among all', async () => {
    const large = slicesOf(largeStore(5000));
    const page = await openView(stage, { route: 'images', slices: large });
    const lines = page.getByTestId('image-row');
    await page.getByTestId('chip-all').getByText('5,000').waitFor();
    expect(await lines.count()).toBeLessThan(80);

    await page.getByTestId('search').fill('service-17:');
    await expect.poll(() => page.getByTestId('image-group').count()).toBe(1);
    await page.getByTestId('search').fill('');
    await page.getByTestId('sort-unique').click();
    const largest = Math.max(...large.images.upsert.map(({ unique }) => unique.min + unique.max));
    await expect
      .poll(async () => await lines.first().textContent())
      .toContain(String(Math.round(largest / 2e6)));
    await page.close();
  });

  it('is worked by keys alone', async () => {
    const page = await openView(stage, { route: 'images', slices });
    await page.keyboard.press('/');
    await page.keyboard.type('storybook');
    await expect.poll(() => page.getByTestId('image-row').count()).toBe(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId('why-panel').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('why-panel').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe(
      'treegrid',
    );
    await page.close();
  });

  it('is sorted by keys alone, by any column that is shown', async () => {
    const page = await openView(stage, { route: 'images', slices });
    const sorted = (column: string) =>
      page.getByRole('columnheader', { name: column }).getAttribute('aria-sort');
    await page.getByTestId('image-table').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => sorted('Unique')).toBe('descending');
    await page.keyboard.press('Enter');
    await expect.poll(() => sorted('Unique')).toBe('ascending');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await expect.poll(() => sorted('Size')).toBe('descending');
    await page.close();
  });
});
