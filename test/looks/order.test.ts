import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, openView } from './page.js';
import { slicesOf, smallStore } from './synthetic.js';
import { updates } from './updates.js';

const slices = { ...slicesOf(smallStore()), updates };
const { images } = slices;
/** Milliseconds of work, twice what a rest takes, and those between two moves of it. */
const WORK = 3_000;
const STEP = 300;

/** The first of each list comes to stand elsewhere, or nowhere. */
const lists = {
  images: {
    table: 'image-table',
    news: {
      ...images,
      from: 1,
      to: 2,
      upsert: [],
      remove: images.upsert.slice(0, 1).map(({ id }) => id),
    },
    standsYet: async (page: Page) => (await page.locator('.line.gone').count()) > 0,
  },
  updates: {
    table: 'update-table',
    news: {
      ...updates,
      rows: updates.rows.map((row) =>
        row.container === 'db' ? { ...row, verdict: { state: 'current' as const } } : row,
      ),
    },
    standsYet: async (page: Page) => {
      const first = page.locator('[data-testid=update-row][aria-rowindex="2"]');
      const told = await first.evaluate((e: HTMLElement) => ({ ...e.dataset }));
      return told['container'] === 'db' && told['standing'] === 'current';
    },
  },
};
type Slice = keyof typeof lists;

/** Ways to be at work on a list without the pointer moving over it. */
const moves: Record<
  string,
  { begin: (page: Page, slice: Slice) => Promise<void>; on: (page: Page) => Promise<void> }
> = {
  'the wheel turns': {
    begin: (page, slice) =>
      page.getByTestId(lists[slice].table).hover({ position: { x: 200, y: 120 } }),
    on: (page) => page.mouse.wheel(0, 1),
  },
  'keys are pressed': {
    begin: async (page, slice) => {
      await page.getByTestId(slice === 'images' ? 'image-table' : 'open-db').focus();
    },
    on: (page) => page.keyboard.press('ArrowDown'),
  },
};

let stage: ElectronApplication;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const tell = (page: Page, slice: Slice) =>
  page.evaluate(
    ([slice, news]) =>
      (window as unknown as { tell: (slice: string, value: unknown) => void }).tell(slice, news),
    [slice, lists[slice].news] as const,
  );

describe.each(Object.keys(lists) as Slice[])('the lines of %s', (slice) => {
  const { table, standsYet } = lists[slice];
  const opened = async () => {
    const page = await openView(stage, { route: slice, slices });
    await page.getByTestId(table).getByRole('row').nth(3).waitFor();
    return page;
  };

  it.each(Object.keys(moves))('keep their places while %s, and no longer', async (name) => {
    const { begin, on } = moves[name]!;
    const page = await opened();
    await begin(page, slice);
    await on(page);
    await tell(page, slice);
    for (let at = 0; at < WORK; at += STEP) {
      await on(page);
      await page.waitForTimeout(STEP);
    }
    expect(await standsYet(page)).toBe(true);
    await expect.poll(() => standsYet(page)).toBe(false);
    await page.close();
  });
});

describe('images, while somebody is at work on them', () => {
  /** Milliseconds: sooner than a rest. */
  const soon = { timeout: 1_000 };
  const atWork = async () => {
    const page = await openView(stage, { route: 'images', slices });
    await page.getByTestId('sort-size').press('Shift');
    return page;
  };

  it('are sorted anew at once by a key that asks for it', async () => {
    const page = await atWork();
    await tell(page, 'images');
    expect(await lists.images.standsYet(page)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => lists.images.standsYet(page), soon).toBe(false);
    await page.close();
  });

  it('are those of a rule at once where the address comes to name it', async () => {
    const page = await atWork();
    const count = () => page.getByTestId('image-table').getAttribute('aria-rowcount');
    const before = await count();
    const rule = images.upsert.find((row) => row.rule !== null)?.rule ?? '';
    await page.evaluate(
      (rule) => (location.hash = `#/images?rule=${encodeURIComponent(rule)}`),
      rule,
    );
    await page.getByTestId('rule-chip').waitFor();
    await expect.poll(count, soon).not.toBe(before);
    await page.close();
  });
});
