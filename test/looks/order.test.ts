import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { NOW } from './base.js';
import { openStage, openView } from './page.js';
import { slicesOf, smallStore } from './synthetic.js';
import { updates } from './updates.js';

const slices = { ...slicesOf(smallStore()), updates };
const { images } = slices;
/** Milliseconds of the page's clock: what a rest takes, twice that of work, and those between two moves of it. */
const REST = 1_500;
const WORK = 2 * REST;
const STEP = 300;
/** Some frames, in which what does not wait for a rest is drawn. */
const SOON = 100;

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
    // Up from the top: nothing scrolls, so no scroll is heard at a moment of its own.
    on: async (page) => {
      const turned = await page.evaluateHandle(() => ({
        heard: new Promise<void>((done) =>
          addEventListener('wheel', () => done(), { capture: true, once: true }),
        ),
      }));
      await page.mouse.wheel(0, -1);
      await turned.evaluate(({ heard }) => heard);
    },
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

/** A list whose clock goes on only where it is told to: a slow machine is no rest. */
async function opened(slice: Slice): Promise<Page> {
  const page = await openView(stage, { route: slice, slices });
  onTestFinished(async () => {
    // All pages of a stage, also those to come, have one clock.
    await page.clock.resume();
    await page.close();
  });
  await page.getByTestId(lists[slice].table).getByRole('row').nth(3).waitFor();
  await page.clock.pauseAt(NOW);
  return page;
}

const tell = (page: Page, slice: Slice) =>
  page.evaluate(
    ([slice, news]) =>
      (window as unknown as { tell: (slice: string, value: unknown) => void }).tell(slice, news),
    [slice, lists[slice].news] as const,
  );

describe.each(Object.keys(lists) as Slice[])('the lines of %s', (slice) => {
  const { standsYet } = lists[slice];

  it.each(Object.keys(moves))('keep their places while %s, and no longer', async (name) => {
    const { begin, on } = moves[name]!;
    const page = await opened(slice);
    await begin(page, slice);
    await on(page);
    await tell(page, slice);
    for (let at = 0; at < WORK; at += STEP) {
      await on(page);
      await page.clock.runFor(STEP);
    }
    expect(await standsYet(page)).toBe(true);
    await page.clock.runFor(REST);
    await expect.poll(() => standsYet(page)).toBe(false);
  });
});

describe('images, while somebody is at work on them', () => {
  const atWork = async () => {
    const page = await opened('images');
    await page.getByTestId('sort-size').press('Shift');
    return page;
  };

  it('are sorted anew at once by a key that asks for it', async () => {
    const page = await atWork();
    await tell(page, 'images');
    await page.clock.runFor(SOON);
    expect(await lists.images.standsYet(page)).toBe(true);
    await page.keyboard.press('Enter');
    await page.clock.runFor(SOON);
    await expect.poll(() => lists.images.standsYet(page)).toBe(false);
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
    await page.clock.runFor(SOON);
    await expect.poll(count).not.toBe(before);
  });
});
