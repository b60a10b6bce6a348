import { mkdir } from 'node:fs/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { largeStore, slicesOf, smallStore } from './synthetic.js';
import * as updates from './updates.js';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Electron/33.2.1';
const slices = { ...slicesOf(smallStore()), updates: updates.updates };

const openPalette = async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByTestId('palette-input').waitFor();
};
const entries = (page: Page) => page.getByTestId('palette-entry');
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
const hash = (page: Page) => page.evaluate(() => location.hash);

const screens: Record<string, Omit<View, 'theme'>> = {
  'keys-palette': { route: 'overview', slices, act: openPalette },
  'keys-palette-found': {
    route: 'overview',
    slices,
    act: async (page) => {
      await openPalette(page);
      await page.keyboard.type('api');
      await entries(page).first().waitFor();
    },
  },
  'keys-palette-nothing': {
    route: 'overview',
    slices,
    act: async (page) => {
      await openPalette(page);
      await page.keyboard.type('no such thing');
      await expect.poll(() => entries(page).count()).toBe(0);
    },
  },
  'keys-shortcuts': {
    route: 'overview',
    slices,
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByTestId('shortcuts').waitFor();
    },
  },
  'keys-shortcuts-mac': {
    route: 'overview',
    slices,
    userAgent: MAC,
    act: async (page) => {
      await page.keyboard.press('Meta+/');
      await page.getByTestId('shortcuts').waitFor();
    },
  },
  'keys-skip': { route: 'overview', slices, act: (page) => page.keyboard.press('Tab') },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

drawsEach(screens, () => stage);

describe('the palette', () => {
  it('goes to a screen, whose heading then has the focus and whose name the window', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await openPalette(page);
    await page.keyboard.type('hist');
    await expect.poll(() => entries(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page)).toBe('#/history');
    await expect.poll(() => focused(page)).toBe('answer');
    expect(await page.title()).toBe('History – Careen');
    await page.close();
  });

  it('finds an image among 5,000, and shows 50 at most', async () => {
    const page = await openView(stage, { route: 'overview', slices: slicesOf(largeStore(5000)) });
    await openPalette(page);
    await page.keyboard.type('service');
    await expect.poll(() => entries(page).count()).toBe(50);
    await page.keyboard.type('-17:');
    await page.keyboard.press('Enter');
    await page.getByTestId('why-panel').waitFor();
    await page.close();
  });

  it('asks before it updates, as the screen does', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await openPalette(page);
    await page.keyboard.type('update all');
    await page.keyboard.press('Enter');
    await page.getByTestId('ask').waitFor();
    expect(await hash(page)).toBe('#/updates');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('ask').count()).toBe(0);
    await page.close();
  });

  it('gives the focus back where nothing is chosen', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await page.getByTestId('nav-images').focus();
    await openPalette(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('palette').count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('nav-images');
    await page.getByTestId('commands').click();
    await page.getByTestId('palette').waitFor();
    await page.keyboard.press('Control+k');
    await expect.poll(() => page.getByTestId('palette').count()).toBe(0);
    await page.close();
  });
});

describe('the keys', () => {
  it('lead to each screen, and to its search', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    const places = await page.evaluate(() =>
      [...document.querySelectorAll('nav a')].map((one) => one.getAttribute('href')),
    );
    for (const [at, place] of places.entries()) {
      await page.keyboard.press(`Control+${at + 1}`);
      await expect.poll(() => hash(page)).toBe(place);
      expect(await page.locator('nav [aria-current=page]').getAttribute('href')).toBe(place);
    }
    await page.keyboard.press('Control+2');
    await page.getByTestId('search').waitFor();
    await page.keyboard.press('Control+f');
    expect(await focused(page)).toBe('search');
    await page.close();
  });

  it('are letters while a person types', async () => {
    const page = await openView(stage, { route: 'images', slices });
    await page.keyboard.press('/');
    await page.keyboard.type('a/?b');
    expect(await page.getByTestId('search').inputValue()).toBe('a/?b');
    expect(await page.getByTestId('shortcuts').count()).toBe(0);
    await page.close();
  });

  it('go along a switch, which is one stop of Tab', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    const { view } = messages('en').window.overview;
    const views = page.getByRole('group', { name: view, exact: true }).getByRole('button');
    const has = (n: number) => views.nth(n).evaluate((one) => one === document.activeElement);
    await page.getByTestId('map-search').focus();
    await page.keyboard.press('Shift+Tab');
    expect(await has(0)).toBe(true);
    await page.keyboard.press('End');
    expect(await has(2)).toBe(true);
    expect(await views.nth(0).getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Enter');
    await page.getByTestId('space-table').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await has(0)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('map-search');
    // What is chosen is where they come back to.
    await page.keyboard.press('Shift+Tab');
    expect(await has(2)).toBe(true);
    await page.close();
  });

  it('wait while a question is asked', async () => {
    const page = await openView(stage, { route: 'updates', slices });
    await page.getByTestId('update-all').click();
    await page.getByTestId('ask').waitFor();
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+k');
    expect(await page.getByTestId('palette').count()).toBe(0);
    expect(await hash(page)).toBe('#/updates');
    await page.close();
  });

  it('skip the names of the screens', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('answer');
    await page.close();
  });
});
