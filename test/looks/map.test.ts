import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toWire } from '../../main/contract/wire.js';
import { CareenError } from '../../main/domain/errors.js';
import { checkPolicy } from '../../main/domain/policy/check.js';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { NOW } from './base.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { others } from './kinds.js';
import { openStage, openView, type View } from './page.js';
import { runningOf } from './runs.js';
import { changed } from './store.js';
import { largeStore, slicesOf, smallStore } from './synthetic.js';

const rows = smallStore();
const slices = slicesOf(rows);
const none = slicesOf([]);
/** While the policy has an error all is kept (services/judging.ts). */
const kept = rows.map((row) =>
  row.verdict === 'remove'
    ? changed(row, { verdict: 'keep', going: false, decidedBy: 'default', code: 'no-rule' })
    : row,
);
const ofKept = slicesOf(kept);
const misspelt = checkPolicy('version: 1\nkepp: []\n', NOW);
const checked = 'problems' in misspelt ? misspelt.problems : [];
const broken = {
  ...ofKept,
  images: {
    ...ofKept.images,
    totals: {
      ...ofKept.images.totals,
      policy: {
        ...ofKept.images.totals.policy,
        source: 'file' as const,
        error: toWire(
          new CareenError('policy-invalid', {
            file: ofKept.images.totals.policy.file,
            problems: [...checked],
          }),
        ),
      },
    },
  },
};
/** More than half of the disk is nothing that Docker tells of: the map leaves it out. */
const { engine: disk } = slices.gauges;
const crowded = {
  ...slices,
  gauges: { ...slices.gauges, engine: { ...disk, used: 63e9, available: 1e9 } },
};
const large = slicesOf(largeStore(5000));
const map = (page: Page) => page.getByTestId('space-map');
const found = (page: Page) => page.getByTestId('map-found');

/** What a person does first: nothing more than to wait until the map is there. */
const drawn = async (page: Page) => {
  await page.mouse.move(0, 0);
  await map(page).locator('[data-key]').first().waitFor();
};

/** The map's data as a table, and in it what has this text. */
async function tableOf(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /^(Table|表格)$/ }).click();
  await page.getByTestId('map-search').fill(text);
}

const states: Record<string, Omit<View, 'theme'>> = {
  'map-overview': { route: 'overview', slices, act: drawn },
  'map-zoomed': {
    route: 'overview',
    slices,
    act: async (page) => {
      await map(page).locator('[data-key="repo:myorg/api"]').click();
      await page.getByTestId('map-path').waitFor();
    },
  },
  'map-search': {
    route: 'overview',
    slices,
    act: async (page) => {
      await drawn(page);
      await page.getByTestId('map-search').fill('myorg');
      await expect.poll(() => found(page).innerText()).toMatch(/\d/);
    },
  },
  'map-tip': {
    route: 'overview',
    slices,
    act: async (page) => {
      await drawn(page);
      await page.getByTestId('map-search').fill('playwright:1.13.1');
      await page.keyboard.press('Enter');
      await page.getByTestId('map-tip').waitFor();
    },
  },
  'map-table': {
    route: 'overview',
    slices,
    act: async (page) => {
      await page.getByRole('button', { name: /^(Table|表格)$/ }).click();
      await page.getByTestId('space-line').first().waitFor();
    },
  },
  'map-why': {
    route: 'overview',
    slices,
    act: async (page) => {
      await drawn(page);
      const volume = map(page).locator('[data-key="volume:acme-shop_pgdata"]');
      // In a small window its tile is one with others.
      const cache = map(page).locator('[data-key="build-cache:kept"]');
      await ((await volume.count()) > 0 ? volume : cache).click();
      await page.getByTestId('why-panel').waitFor();
      await page.mouse.move(0, 0);
    },
  },
  'map-why-could': {
    route: 'overview',
    slices,
    act: async (page) => {
      await drawn(page);
      await tableOf(page, 'notebook');
      await page.getByTestId('space-line').first().click();
      await page.getByTestId('why-panel').waitFor();
    },
  },
  'map-why-shared': {
    route: 'overview',
    slices,
    act: async (page) => {
      await drawn(page);
      await tableOf(page, 'postgres');
      await page.locator('[data-testid=space-line][data-key^="shared:"]').first().click();
      await page.getByTestId('why-image').first().waitFor();
      await page.mouse.move(0, 0);
    },
  },
  'map-why-rest': {
    route: 'overview',
    slices,
    act: async (page) => {
      await drawn(page);
      await page.locator('[data-key=rest]').click();
      await page.getByTestId('why-count').waitFor();
      await page.mouse.move(0, 0);
    },
  },
  'map-why-aside': {
    route: 'overview',
    slices: crowded,
    act: async (page) => {
      await drawn(page);
      await page.getByTestId('map-aside').click();
      await page.getByTestId('why-count').waitFor();
      await page.mouse.move(0, 0);
    },
  },
  'map-policy-error': {
    route: 'overview',
    slices: broken,
    others: others.map((other) =>
      other.decidedBy.code === 'part'
        ? {
            ...other,
            verdict: 'keep',
            decidedBy: { kind: 'default', code: 'not-enabled', part: other.decidedBy.part },
          }
        : other,
    ),
    act: drawn,
  },
  'map-cleanup': {
    route: 'cleanup',
    slices,
    act: async (page) => {
      await drawn(page);
      await page.getByTestId('plan-item').first().hover();
    },
  },
  'map-running': {
    route: 'cleanup',
    slices: { ...slices, run: runningOf(rows) },
    act: drawn,
  },
  'map-empty': {
    route: 'overview',
    slices: {
      ...none,
      gauges: { ...none.gauges, engine: { ...none.gauges.engine, used: 0 } },
    },
    counts: 'never',
  },
  'map-loading': {
    route: 'overview',
    slices: {
      ...none,
      images: { ...none.images, totals: { ...none.images.totals, judgedAt: null } },
    },
  },
  'map-counting': { route: 'overview', slices, counts: 'for ever', act: drawn },
  'map-error': { route: 'overview', slices, counts: 'never', act: drawn },
  'map-huge': { route: 'overview', slices: large, act: drawn },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

async function judged(name: string, view: View): Promise<void> {
  const page = await openView(stage, view);
  const complaints = complaintsOf(page);
  await page.screenshot({ path: path.join(OUTPUT, `${name}.png`) });
  expect(await violationsOf(page)).toEqual([]);
  expect(complaints).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await page.close();
}

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
    it.each(Object.entries(states))('%s is drawn, and axe finds nothing', async (name, view) => {
      const settings = { ...view.slices.settings, language };
      const seen = { ...view, theme, slices: { ...view.slices, settings } };
      await judged(`${name}-${theme}-${language}`, seen);
    });
  });
});

describe.each([
  [900, 600],
  [2560, 1440],
])('at %i × %i', (width, height) => {
  it.each(Object.entries(states))('%s fits the window', async (name, view) => {
    await judged(`${name}-${width}x${height}`, { ...view, width, height });
  });
});

describe('the map by keys alone', () => {
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? null);

  it('is walked by arrows, filled by Enter, and left by Escape where it was entered', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await drawn(page);
    await page.getByTestId('map-search').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('kind:images');
    await page.keyboard.press('ArrowDown');
    const group = await focused(page);
    expect(group).toMatch(/^repo:/);
    expect(await page.getByTestId('map-tip').innerText()).toContain('GB');
    await page.keyboard.press('Enter');
    await page.getByTestId('map-path').waitFor();
    expect(await page.getByTestId('map-kind').count()).toBe(0);
    const inside = await focused(page);
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).not.toBe(inside);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('map-path').count()).toBe(0);
    expect(await focused(page)).toBe('kind:images');
    await page.close();
  });

  it('is filled by a kind with no room for a heading, whose bytes it then has, and left for it', async () => {
    const view = { route: 'overview', slices, width: 900, height: 600 };
    const page = await openView(stage, view);
    await drawn(page);
    const kind = map(page).locator('[data-testid=map-folded][data-key="kind:containers"]');
    const bytes = Number(await kind.getAttribute('data-bytes'));
    await kind.focus();
    expect(await page.getByTestId('map-tip').innerText()).toContain('Containers');
    await page.keyboard.press('Enter');
    await page.getByTestId('map-path').getByText('Containers').waitFor();
    const shown = await map(page)
      .locator('[data-key]')
      .evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-bytes'))));
    expect(shown.reduce((sum, one) => sum + one, 0)).toBe(bytes);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('kind:containers');
    await page.close();
  });

  it('opens why a volume stays by Enter, and is gone back to by Escape', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await drawn(page);
    const key = 'volume:acme-shop_pgdata';
    await map(page).locator(`[data-key="${key}"]`).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('why-cleanup').focus();
    await page.keyboard.press('Escape');
    await page.getByTestId('why-panel').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe(key);
    await page.keyboard.press('Enter');
    await page.getByTestId('why-cleanup').focus();
    await page.keyboard.press('Enter');
    await page.locator(`[data-testid=plan-item][data-id="${key}"]`).waitFor();
    await page.getByTestId('why-panel').waitFor();
    await page.close();
  });

  it('opens what shared layers are, leads to each image on them, and is gone back to by Escape', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await drawn(page);
    const tile = map(page).locator('[data-testid=map-tile][data-key^="shared:"]').first();
    const key = await tile.getAttribute('data-key');
    await tile.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByTestId('why-panel');
    const bytes = Number(await tile.getAttribute('data-bytes'));
    const told = await panel.getByTestId('why-bytes').innerText();
    expect(told.trim()).toBe(messages('en').format.bytes(bytes).replaceAll(/\s/g, ''));
    await panel.getByTestId('why-layers').focus();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe(key);
    await page.keyboard.press('Enter');
    await panel.getByTestId('why-layers').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('#/overview/layers');
    await page.goBack();
    await panel.getByTestId('why-image').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('#/images/sha256');
    await page.getByTestId('why-tabs').waitFor();
    await page.close();
  });

  it('opens what nothing explains, and has it counted again', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await drawn(page);
    await map(page).locator('[data-key=rest]').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('why-count').focus();
    const counts = () =>
      page.evaluate(
        () =>
          (window as unknown as { asked: { name: string }[] }).asked.filter(
            ({ name }) => name === 'space',
          ).length,
      );
    const before = await counts();
    await page.keyboard.press('Enter');
    await expect.poll(counts).toBe(before + 1);
    await page.keyboard.press('Escape');
    await page.getByTestId('why-panel').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('rest');
    await page.close();
  });

  it('ticks and unticks in a plan, and shows the row that a tile is of', async () => {
    const page = await openView(stage, { route: 'cleanup', slices });
    await drawn(page);
    const row = page.locator('[data-testid=plan-item][data-chosen=true]').first();
    const id = (await row.getAttribute('data-id')) ?? '';
    await map(page).locator(`[data-key="${id}"]`).focus();
    await page.keyboard.press(' ');
    await page.locator(`[data-testid=plan-item][data-id="${id}"][data-chosen=false]`).waitFor();
    expect(await map(page).locator(`[data-key="${id}"]`).getAttribute('data-state')).toBe('maybe');
    await page.keyboard.press('Enter');
    await page.getByTestId('why-panel').waitFor();
    await page.keyboard.press('Escape');
    await drawn(page);
    const shared = map(page).locator('[data-key^="shared:"]').first();
    const key = await shared.getAttribute('data-key');
    await shared.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('why-panel').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe(key);
    await page.close();
  });
});

describe('the table beside the map', () => {
  it('has every byte of the map, and what was left out of it', async () => {
    const page = await openView(stage, { route: 'overview', slices });
    await drawn(page);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const sum = page.getByTestId('space-sum');
    await expect.poll(() => sum.getAttribute('data-bytes')).toBe(String(slices.gauges.engine.used));
    await page.getByTestId('map-search').fill('acme-shop_pgdata');
    await expect.poll(() => page.getByTestId('space-line').count()).toBe(1);
    await page.close();
  });
});
