import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW } from './base.js';
import { squashedLayers } from './image-layers.js';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { largeStore, slicesOf, smallStore } from './synthetic.js';

const rows = smallStore();
const slices = slicesOf(rows);
const route = (id = rows.find((row) => row.verdict === 'remove')?.id ?? '') =>
  `images/${encodeURIComponent(id)}`;
const isEstimated = ({ estimate, verdict, going }: (typeof rows)[number]) =>
  estimate && verdict === 'remove' && !going;

/** Ticks three images of a repository, by keys alone. */
async function tickThree(page: Page): Promise<void> {
  await page.getByTestId('image-table').focus();
  const down = Array.from({ length: 6 }, () => 'ArrowDown');
  for (const key of ['Home', ...down, 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown'])
    await page.keyboard.press(key);
  await page
    .getByTestId('selection-total')
    .getByText(/together|一起/)
    .waitFor();
}

async function layersOf(page: Page): Promise<void> {
  await page.getByTestId('why-tabs').getByRole('button').nth(1).click();
  await page.getByTestId('layer').first().waitFor();
}

async function groupBy(page: Page, place: number): Promise<void> {
  await page.getByTestId('group-by').click();
  await page.getByRole('option').nth(place).click();
  await expect.poll(() => page.getByRole('option').count()).toBe(0);
}

const screens: Record<string, Omit<View, 'theme'>> = {
  'images-selection': { route: 'images', slices, act: tickThree },
  'images-selection-panel': { route: route(), slices, act: tickThree },
  'images-commands': {
    route: 'images',
    slices,
    act: async (page) => {
      await tickThree(page);
      await page.getByTestId('selection-commands').click();
      await page.getByTestId('commands-remove').waitFor();
    },
  },
  'images-layers': {
    route: route(),
    slices,
    act: async (page) => {
      await layersOf(page);
      await page.getByTestId('layer').nth(3).getByRole('button').click();
    },
  },
  'images-layers-squashed': {
    route: route(),
    slices,
    layers: squashedLayers,
    act: async (page) => {
      await layersOf(page);
      await page.getByTestId('other-steps').click();
    },
  },
  'images-projects': { route: 'images', slices, act: (page) => groupBy(page, 1) },
  'images-ungrouped': { route: route(), slices, act: (page) => groupBy(page, 2) },
  'images-terminal': {
    route: route(),
    slices,
    act: (page) => page.getByTestId('commands-back').scrollIntoViewIfNeeded(),
  },
  'images-could': {
    route: route(rows.find((row) => row.verdict === 'remove' && !row.going)?.id),
    slices,
    act: (page) => page.getByTestId('why-untick').waitFor(),
  },
  'images-remembered': {
    route: 'images',
    slices: { ...slices, engine: { ...slices.engine, asOf: NOW - 540_000 } },
  },
  'images-empty': { route: 'images', slices: slicesOf([]) },
  'images-no-match': {
    route: 'images',
    slices,
    act: async (page) => {
      await page.getByTestId('search').fill('nothing like it');
      await page
        .getByRole('main')
        .getByText(/No image matches|没有符合/)
        .waitFor();
    },
  },
  'images-rule-empty': { route: 'images?rule=gone-by-now', slices },
  'images-failed': {
    route: route(),
    slices,
    answers: 'engine-lost',
    act: (page) => page.getByTestId('why-failed').waitFor(),
  },
  'images-huge': { route: 'images', slices: slicesOf(largeStore(5000)), act: tickThree },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

drawsEach(screens, () => stage);

describe.each([
  [900, 600],
  [2560, 1440],
])('at %d × %d', (width, height) => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const page = await openView(stage, { ...view, width, height });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-${width}x${height}.png`) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.close();
  });
});

describe('the images of one rule', () => {
  const answer = (page: Page) => page.getByTestId('answer').innerText();

  it('are what the heading counts', async () => {
    const page = await openView(stage, { route: 'images?rule=stale', slices });
    const listed = rows.filter(({ rule }) => rule === 'stale').length;
    expect(await answer(page)).toContain(`${listed} of ${rows.length} images`);
    await page.getByTestId('rule-chip').click();
    await expect.poll(() => answer(page)).not.toContain(`${listed} of`);
    await page.close();
  });

  it('are none where the rule decides nothing, and all images are one press away', async () => {
    const page = await openView(stage, { route: 'images?rule=gone-by-now', slices });
    const main = page.getByRole('main');
    await main.getByText('No image matches.').waitFor();
    await main.getByRole('button', { name: 'Show all images' }).click();
    await page.getByTestId('image-row').first().waitFor();
    expect(await page.evaluate(() => location.hash)).toBe('#/images');
    await page.close();
  });
});

it('a verdict that is only estimated is read whole where there is room', async () => {
  const page = await openView(stage, { route: 'images', slices });
  await page.getByTestId('search').fill(rows.find(isEstimated)?.repository ?? '');
  const cells = page.locator('.cell:has(> .estimated)');
  await cells.first().waitFor();
  const cut = await cells.evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth));
  expect(cut).toEqual([]);
  await page.close();
});

it('an image that could not be told of says why, and is asked for again', async () => {
  const page = await openView(stage, { route: route(), slices, answers: 'engine-lost' });
  const asks = () =>
    page.evaluate(
      () =>
        (window as unknown as { asked: { name: string }[] }).asked.filter(
          ({ name }) => name === 'image.get',
        ).length,
    );
  const failed = page.getByTestId('why-failed');
  await failed.waitFor();
  const before = await asks();
  await failed.getByRole('button').click();
  await expect.poll(asks).toBe(before + 1);
  await failed.waitFor();
  await page.close();
});

describe('the selection', () => {
  const ticked = (page: Page) =>
    page.locator('[data-testid=image-row][aria-selected=true]').count();

  it('is drawn by keys, by the pointer and as a whole, and ends with Escape', async () => {
    const page = await openView(stage, { route: 'images', slices });
    await tickThree(page);
    expect(await ticked(page)).toBe(3);
    await page.keyboard.press('Shift+ArrowUp');
    expect(await ticked(page)).toBe(2);
    await page.keyboard.press('Control+a');
    await page.getByTestId('selection-total').getByText(`${rows.length} selected`).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('selection-bar').count()).toBe(0);

    const lines = page.getByTestId('image-row');
    await lines.nth(0).getByTestId('tick').click();
    await lines.nth(4).click({ modifiers: ['Shift'] });
    expect(await ticked(page)).toBe(5);
    await lines.nth(2).click({ modifiers: ['ControlOrMeta'] });
    expect(await ticked(page)).toBe(4);
    expect(await page.getByTestId('why-panel').count()).toBe(0);
    await page.close();
  });

  it('takes a whole group with the space bar, and only what matches with all', async () => {
    const page = await openView(stage, { route: 'images', slices });
    await page.getByTestId('search').fill('storybook');
    await expect.poll(() => page.getByTestId('image-row').count()).toBe(2);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await ticked(page)).toBe(2);
    await page.keyboard.press('Space');
    expect(await ticked(page)).toBe(0);
    await page.keyboard.press('Control+a');
    await page.getByTestId('selection-total').getByText('2 selected').waitFor();
    await page.close();
  });
});

describe('lines that are used again by others', () => {
  const large = slicesOf(largeStore(3_000));
  const lines = (page: Page) =>
    page.getByRole('row').evaluateAll((all) => all.map((row) => Number(row.ariaRowIndex)));
  const focus = (page: Page) =>
    page.evaluate(() => {
      const table = document.activeElement;
      const id = table?.getAttribute('aria-activedescendant') ?? '';
      const line = document.getElementById(id);
      return { on: table?.getAttribute('data-testid'), image: line?.dataset.id };
    });

  it('take no key to another image than the one that was pressed', async () => {
    const page = await openView(stage, { route: 'images', slices: large });
    const first = page.getByTestId('image-row').first();
    const id = await first.getAttribute('data-id');
    await first.getByRole('button').click();
    expect(await focus(page)).toEqual({ on: 'image-table', image: id });
    await page.mouse.wheel(0, 4_000);
    await page.locator(`[data-id="${id}"]`).waitFor({ state: 'detached' });
    await page.keyboard.press('p');
    const asked = await page.evaluate(() =>
      (window as unknown as { asked: { name: string; params: { id: string } }[] }).asked
        .filter(({ name }) => name === 'image.protect')
        .map(({ params }) => params.id),
    );
    expect(asked).toEqual([id, id]);
    await page.close();
  });

  it('are read from the top once scrolling rests, the one that the keys are on among them', async () => {
    const page = await openView(stage, { route: 'images', slices: large });
    await page.getByTestId('image-table').focus();
    for (const key of ['Home', 'PageDown', 'PageDown', 'PageDown', 'PageUp', 'End', 'PageUp']) {
      await page.keyboard.press(key);
      await expect.poll(async () => (await focus(page)).on).toBe('image-table');
      const active = page.locator('.line.active');
      await active.waitFor();
      expect(await page.getByTestId('image-table').getAttribute('aria-activedescendant')).toBe(
        await active.getAttribute('id'),
      );
    }
    await expect
      .poll(async () => {
        const order = await lines(page);
        return order.length > 20 && order.every((at, n) => n < 2 || at > (order[n - 1] ?? 0));
      })
      .toBe(true);
    await page.close();
  });
});

describe('the layers', () => {
  it('are gone through by arrow keys, each opened by Enter', async () => {
    const page = await openView(stage, { route: route(), slices });
    await layersOf(page);
    await page.getByTestId('layer').first().getByRole('button').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter'])
      await page.keyboard.press(key);
    const open = page.locator('[data-testid=layer]:has([aria-expanded=true])');
    expect(await open.getAttribute('data-shared')).toBe('14');
    expect(await open.getByTestId('layer-sharers').innerText()).toContain('10 more');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('why-panel').count()).toBe(0);
    await page.close();
  });
});
