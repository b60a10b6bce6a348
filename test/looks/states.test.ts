import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slices } from '../../main/contract/slices.js';
import { type Messages, messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { answersOf } from './policies.js';
import { registries } from './settings-answers.js';
import { largeStore, slicesOf, smallStore } from './synthetic.js';
import { updateRuns } from './update-runs.js';
import { manyRows } from './updates.js';

const screens = [
  'overview',
  'images',
  'cleanup',
  'updates',
  'policy',
  'history',
  'settings',
] as const;

const full = slicesOf(smallStore());
const large = slicesOf(largeStore(5000));

/** An engine that is there and has nothing, in a home in which nothing was done yet. */
const none: Slices = {
  ...slicesOf([]),
  updates: { ...full.updates, rows: [] },
  history: { head: [], more: false, read: true },
  suggestions: { ...full.suggestions, rows: [] },
};

type State = Omit<View, 'theme' | 'route'>;
const states: Record<string, State> = {
  empty: { slices: none, registries: { ...registries, registries: [] } },
  loading: {
    slices: {
      ...none,
      images: { ...none.images, totals: { ...none.images.totals, judgedAt: null } },
      history: { head: [], more: false, read: false },
    },
    answers: 'never',
  },
  error: {
    slices: {
      ...full,
      engine: {
        ...full.engine,
        status: 'lost',
        error: { code: 'engine-lost', details: { endpoint: full.engine.facts?.endpoint ?? '' } },
      },
    },
    answers: 'engine-lost',
  },
  huge: {
    slices: {
      ...large,
      updates: { ...full.updates, rows: manyRows(500) },
      history: {
        head: Array.from({ length: 200 }, (_, n) =>
          updateRuns.map((run) => ({ ...run, runId: `${run.runId}-${n}` })),
        ).flat(),
        more: true,
        read: true,
      },
    },
    drafts: answersOf(),
  },
};

/** What a screen answers first, where its state leaves no doubt of it. */
const answers = (
  m: Messages,
): Record<string, Partial<Record<(typeof screens)[number], string>>> => ({
  empty: {
    history: m.window.history.titleNone,
    updates: m.window.updates.none,
    cleanup: m.window.overview.nothing,
  },
  loading: {
    overview: m.window.overview.looking,
    images: m.window.images.waiting,
    cleanup: m.window.cleanup.making,
    updates: m.window.updates.looking,
    policy: m.window.policyPage.reading,
    history: m.window.history.reading,
  },
  error: {
    cleanup: m.window.cleanup.failedTitle,
    policy: m.window.policyPage.unread,
  },
});

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

describe.each([
  ['light', 'en'],
  ['dark', 'zh-CN'],
] as const)('in %s and %s', (theme, language) => {
  describe.each(Object.entries(states))('%s', (state, view) => {
    it.each(screens)('%s is drawn, and axe finds nothing', async (route) => {
      const settings = { ...view.slices.settings, language };
      const slices = { ...view.slices, settings };
      const page = await openView(stage, { ...view, route, theme, slices });
      const complaints = complaintsOf(page);
      const name = `state-${state}-${route}-${theme}-${language}.png`;
      await page.screenshot({ path: path.join(OUTPUT, name) });
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      const answer = answers(messages(language))[state]?.[route];
      if (answer !== undefined) expect(await page.getByTestId('answer').innerText()).toBe(answer);
      if (state === 'error') {
        const banners = page.getByRole('region', {
          name: messages(language).window.common.notices,
          exact: true,
        });
        expect(await banners.locator('> *').count()).toBe(1);
        const primary = page.getByTestId('open-cleanup').and(page.locator('.primary'));
        if (route === 'overview') expect(await primary.count()).toBe(0);
      }
      expect((await page.getByRole('main').innerText()).trim()).not.toBe('');
      await page.close();
    });
  });
});
