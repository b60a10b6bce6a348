import { mkdir } from 'node:fs/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { idOf as placeId } from '../../renderer/app/overview/layers/place.js';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { laptop, shown } from './laptop.js';
import { openStage, type View } from './page.js';
import { progress, runWith } from './update-runs.js';

const { slices } = laptop;
const welcome = { ...slices, settings: { ...slices.settings, welcomed: false } };
const map = async (page: Page) => {
  await page.getByTestId('space-map').locator('[data-key]').first().waitFor();
};

/** What the docs show of one developer's laptop. */
const screens: Record<string, Omit<View, 'theme'>> = {
  'laptop-overview': { ...laptop, route: 'overview', act: map },
  'laptop-layers': {
    ...laptop,
    route: `overview/${encodeURIComponent(placeId(shown))}`,
    act: (page) => page.getByTestId('layer-leaf').first().waitFor(),
  },
  'laptop-images': {
    ...laptop,
    route: `images/${encodeURIComponent(shown)}`,
    act: (page) => page.getByTestId('why-tabs').waitFor(),
  },
  'laptop-cleanup': {
    ...laptop,
    route: 'cleanup',
    act: async (page) => {
      await map(page);
      await page.getByTestId('plan-item').first().hover();
    },
  },
  'laptop-updates': {
    ...laptop,
    slices: { ...slices, run: runWith(progress) },
    route: 'updates/db',
  },
  'laptop-policy': {
    ...laptop,
    route: 'policy',
    act: async (page) => {
      await page.getByTestId('policy-form').waitFor();
      await page.getByTestId('policy-yaml').locator('.count').first().waitFor();
      await page.getByTestId('keep-0-last').fill('2');
      await page.getByTestId('keep-2-usedWithin').fill('10');
      await page.getByTestId('policy-going').waitFor();
    },
  },
  'laptop-welcome': {
    ...laptop,
    slices: welcome,
    route: 'overview',
    act: async (page) => {
      await page.getByTestId('welcome-next').click();
      await page.getByTestId('level-tight').waitFor();
    },
  },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

drawsEach(screens, () => stage);
