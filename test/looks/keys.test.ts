import { mkdir } from 'node:fs/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slices } from '../../main/contract/slices.js';
import { messages } from '../../main/messages/index.js';
import { NOW } from './base.js';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { questionOf } from './runs.js';
import { largeStore, slicesOf, smallStore, suggestions } from './synthetic.js';
import * as updates from './updates.js';

const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Electron/33.2.1';
const rows = smallStore();
const slices = { ...slicesOf(rows), updates: updates.updates };

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

describe('the focus, where what had it goes away by an act', () => {
  /** Main as it answers: it tells the slice that changed, and says so a moment later. */
  const answersBy = <N extends keyof Slices>(
    page: Page,
    command: string,
    name: N,
    value: Slices[N],
  ) =>
    page.evaluate(
      ([command, name, value]) => {
        const { answers, tell } = window as unknown as {
          answers: Record<string, () => unknown>;
          tell: (slice: string, value: unknown) => void;
        };
        answers[command] = async () => {
          await new Promise((done) => setTimeout(done, 50));
          tell(name, value);
          return {};
        };
      },
      [command, name, value] as const,
    );
  const label = (page: Page) =>
    page.evaluate(
      () =>
        document.activeElement?.getAttribute('aria-label') ??
        document.activeElement?.textContent?.trim(),
    );
  const place = (page: Page) => page.evaluate(() => document.activeElement?.tagName);
  const pressed = async (page: Page, name: RegExp | string) => {
    await page.getByRole('button', { name }).first().focus();
    await page.keyboard.press('Enter');
  };

  it('goes on at the next suggestion, and at their heading after the last and after all are shown again', async () => {
    const page = await openView(stage, { route: 'overview', slices: { ...slices, suggestions } });
    let left = suggestions.rows.slice(0, 3);
    await page.evaluate(
      (value) => {
        (window as unknown as { tell: (slice: string, value: unknown) => void }).tell(
          'suggestions',
          value,
        );
      },
      { ...suggestions, rows: left },
    );
    await page
      .getByRole('button', { name: /^Dismiss: / })
      .first()
      .focus();
    while (left.length > 0) {
      left = left.slice(1);
      await answersBy(page, 'suggestion.dismiss', 'suggestions', { ...suggestions, rows: left });
      const before = await label(page);
      expect(before).toMatch(/^Dismiss: /);
      await page.keyboard.press('Enter');
      await expect.poll(() => label(page)).not.toBe(before);
    }
    expect(await place(page)).toBe('H2');
    await answersBy(page, 'suggestion.restore', 'suggestions', { ...suggestions, dismissed: 0 });
    await pressed(page, 'Show again');
    await page.getByTestId('suggestions-restore').waitFor({ state: 'detached' });
    await expect.poll(() => place(page)).toBe('H2');
    await page.close();
  });

  it('goes from what is said above a screen to what the screen says', async () => {
    const run = { ...slices.run, question: questionOf(rows) };
    const page = await openView(stage, { route: 'overview', slices: { ...slices, run } });
    await answersBy(page, 'question.dismiss', 'run', { ...run, question: null });
    await page.getByTestId('question-dismiss').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('question').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('answer');
    await page.close();
    const lost = await openView(stage, { route: 'images', slices, answers: 'engine-lost' });
    await pressed(lost, 'Dismiss');
    await lost.getByTestId('notice').waitFor({ state: 'detached' });
    await expect.poll(() => focused(lost)).toBe('answer');
    await lost.close();
  });

  it('goes from how long to pause to how to resume, and back', async () => {
    const page = await openView(stage, { route: 'settings', slices });
    const { settings } = slices;
    const pause = page.getByTestId('pause');
    await answersBy(page, 'pause', 'settings', { ...settings, pausedUntil: NOW + 3_600_000 });
    await pause.getByRole('button').nth(1).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => label(page)).toBe(messages('en').window.settings.resume);
    await answersBy(page, 'pause', 'settings', { ...settings, pausedUntil: null });
    await page.keyboard.press('Enter');
    await expect.poll(() => label(page)).toBe(await pause.getByRole('button').first().innerText());
    await page.close();
  });
});
