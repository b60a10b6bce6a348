import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slices } from '../../main/contract/slices.js';
import { violationsOf } from '../support/axe.js';
import { DAY, NOW } from './base.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { runningOf, runOf } from './runs.js';
import { largeStore, slicesOf, smallStore } from './synthetic.js';

const rows = largeStore(5000);
const slices = slicesOf(rows);
const run = { ...runOf(rows), runId: 'huge' };
const running = runningOf(rows);
/** Far down the list. */
const UNDER_WAY = 900;

const runUnderWay = (): Slices['run'] => {
  const { current } = running;
  if (!current) return running;
  const items = current.items.map((item, n) => ({
    ...item,
    state:
      n < UNDER_WAY
        ? ('removed' as const)
        : n === UNDER_WAY
          ? ('working' as const)
          : ('waiting' as const),
    skip: null,
  }));
  return { ...running, current: { ...current, items, done: UNDER_WAY } };
};

const underWay: Omit<View, 'theme'> = {
  route: 'cleanup',
  slices: { ...slices, run: runUnderWay() },
};

/** Where a run of thousands stands, and what one line of it is known by. */
const states: Record<string, { view: Omit<View, 'theme'>; line: string }> = {
  running: { view: underWay, line: 'run-item' },
  result: {
    view: {
      route: 'cleanup',
      slices,
      act: async (page) => {
        await page.getByTestId('act-remove').click();
        await page.getByTestId('confirm-remove').click();
        await page.getByTestId('result').waitFor();
      },
    },
    line: 'removed-item',
  },
  'run-page': {
    view: {
      route: 'history/huge',
      slices: { ...slices, history: { head: [run], more: false, read: true } },
    },
    line: 'history-item',
  },
};

const few = { ...run, removed: run.removed.slice(0, 2) };
/** Some clean-ups a day, and one day of hundreds. */
const runs = Array.from({ length: 3000 }, (_, n) => {
  const startedAt = n < 400 ? NOW - n * 60_000 : NOW - DAY * (1 + Math.floor(n / 5));
  return { ...few, runId: `h${n}`, startedAt, endedAt: startedAt + 24_000 };
});
const history: Slices = {
  ...slicesOf(smallStore()),
  history: { head: runs, more: false, read: true },
};
states.history = { view: { route: 'history', slices: history }, line: 'history-entry' };

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

const drawn = (page: Page, line: string) => page.getByTestId(line).count();

describe.each([
  ['light', 'en'],
  ['dark', 'zh-CN'],
] as const)('a run of thousands in %s and %s', (theme, language) => {
  it.each(Object.entries(states))('%s draws what is near to sight', async (state, one) => {
    const settings = { ...one.view.slices.settings, language };
    const page = await openView(stage, {
      ...one.view,
      theme,
      slices: { ...one.view.slices, settings },
    });
    const complaints = complaintsOf(page);
    await page.getByTestId(one.line).first().waitFor();
    expect(run.removed.length).toBeGreaterThan(UNDER_WAY);
    expect(await drawn(page, one.line)).toBeLessThan(100);
    await page.screenshot({
      path: path.join(OUTPUT, `state-huge-${state}-${theme}-${language}.png`),
    });
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('keeps the item under way in sight', async () => {
    const page = await openView(stage, { theme, ...underWay });
    const line = page.locator('[data-testid=run-item][data-state=working]');
    await line.waitFor();
    const box = await line.boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(760);
    await page.close();
  });
});

describe('a history of thousands', () => {
  it.each(['h350', 'h2700'])('is come back to where its run %s stands', async (runId) => {
    const page = await openView(stage, { route: `history/${runId}`, slices: history });
    await page.getByTestId('run-page').waitFor();
    await page.keyboard.press('Escape');
    const head = page.locator(`[data-testid=history-entry][data-run-id=${runId}] > .head`);
    await expect.poll(() => head.evaluate((one) => one === document.activeElement)).toBe(true);
    const box = await head.boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(760);
    expect(await drawn(page, 'history-entry')).toBeLessThan(200);
    await page.close();
  });

  it('gives up what one scrolls away from, and takes the keys from nothing when one comes back', async () => {
    const page = await openView(stage, { route: 'history/h1', slices: history });
    await page.getByTestId('run-page').waitFor();
    await page.keyboard.press('Escape');
    const entry = page.locator('[data-testid=history-entry][data-run-id=h1]');
    await entry.waitFor();
    await page.getByTestId('history-search').focus();
    const list = page.locator('main .scroll');
    await list.evaluate((one) => one.scrollTo(0, one.scrollHeight));
    await page.locator('[data-testid=history-entry][data-run-id=h2999]').waitFor();
    await expect.poll(() => entry.count()).toBe(0);
    await list.evaluate((one) => one.scrollTo(0, 0));
    await entry.waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe(
      'history-search',
    );
    await page.close();
  });
});

describe('a plan of thousands', () => {
  const view = { route: 'cleanup', slices };
  const lines = (page: Page) => page.getByTestId('plan-item');

  it('is drawn where one scrolls to, and given up where one comes from', async () => {
    const page = await openView(stage, view);
    await lines(page).first().waitFor();
    const first = await lines(page).first().getAttribute('data-id');
    const tall = () => page.getByTestId('plan').evaluate((plan) => plan.scrollHeight);
    const before = await tall();
    await page.getByTestId('plan').evaluate((plan) => plan.scrollTo(0, plan.scrollHeight));
    const last = lines(page).last();
    await expect.poll(() => last.isVisible()).toBe(true);
    await expect
      .poll(() => page.locator(`[data-testid=plan-item][data-id="${first}"]`).count())
      .toBe(0);
    expect(await drawn(page, 'plan-item')).toBeLessThan(200);
    expect(Math.abs((await tall()) - before) / before).toBeLessThan(0.05);
    await page.getByTestId('plan').evaluate((plan) => plan.scrollTo(0, 0));
    await page.locator(`[data-testid=plan-item][data-id="${first}"]`).waitFor();
    await page.close();
  });

  it('keeps the box that has the keys, and is worked on from it', async () => {
    const page = await openView(stage, view);
    await lines(page).first().waitFor();
    const box = lines(page).nth(9).getByRole('checkbox');
    await box.focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    const at = await focused();
    await page.getByTestId('plan').evaluate((plan) => plan.scrollTo(0, plan.scrollHeight));
    await expect.poll(() => lines(page).last().isVisible()).toBe(true);
    expect(await focused()).toBe(at);
    await page.keyboard.press('ArrowDown');
    const next = await focused();
    expect(next).not.toBe(at);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(at);
    await page.close();
  });

  it('shows the line of a tile that the pointer rests on, however far down', async () => {
    // Of thousands no single tile has room.
    const page = await openView(stage, { ...view, slices: slicesOf(largeStore(700)) });
    await lines(page).first().waitFor();
    const known = await lines(page).evaluateAll((all) => all.map((e) => e.getAttribute('data-id')));
    const tiles = page.getByTestId('map-tile');
    await tiles.first().waitFor();
    const keys = await tiles.evaluateAll((all) =>
      all.flatMap((e) =>
        e.getAttribute('data-state') !== 'keep' ? [e.getAttribute('data-key')] : [],
      ),
    );
    const far = keys.find((key) => !known.includes(key));
    expect(far).toBeDefined();
    await page.locator(`[data-testid=map-tile][data-key="${far}"]`).hover();
    const line = page.locator(`[data-testid=plan-item][data-id="${far}"]`);
    await line.waitFor();
    await expect.poll(async () => (await line.boundingBox())?.y ?? 9999).toBeLessThan(760);
    await page.close();
  });
});
