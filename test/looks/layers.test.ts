import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { idOf as placeId } from '../../renderer/app/overview/layers/place.js';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { laptopOn } from './laptop.js';
import { hugeStore, idOf, partlyKnown, without } from './layer-states.js';
import { openStage, openView, type View } from './page.js';
import { slicesOf } from './synthetic.js';

const routeOf = (image: string | null) => `overview/${encodeURIComponent(placeId(image))}`;
const layered = laptopOn('containerd');
const classic = laptopOn('classic');
const chosen = idOf(layered, 'myorg/api:1.12.4');
const drawn = async (page: Page) => {
  await page.getByTestId('layer-leaf').first().waitFor();
};
const block = (page: Page, said: string) =>
  page.locator(`[data-testid=layer-block][aria-label^="${said}"]`).first();
const leaf = (page: Page, said: string) =>
  page.locator(`[data-testid=layer-leaf][aria-label^="${said}"]`).first();

/** Each in both themes and languages. */
const screens: Record<string, Omit<View, 'theme'>> = {
  layers: { route: routeOf(chosen), ...layered, act: drawn },
  'layers-none-chosen': { route: routeOf(null), ...layered, act: drawn },
  'layers-zoomed': {
    route: routeOf(null),
    ...layered,
    act: async (page) => {
      await block(page, 'python:3.12').click();
      await page.getByTestId('layers-crumbs').waitFor();
    },
  },
  'layers-search': {
    route: routeOf(null),
    ...layered,
    act: async (page) => {
      await drawn(page);
      await page.getByTestId('layers-search').fill('storybook');
    },
  },
  'layers-table': {
    route: routeOf(chosen),
    ...layered,
    act: async (page) => {
      await page.getByTestId('layers-as-table').click();
      await page.getByTestId('layers-line').first().waitFor();
    },
  },
  'layers-unknown': {
    route: routeOf(idOf(partlyKnown, 'myorg/fresh:1')),
    ...partlyKnown,
    act: drawn,
  },
  'layers-empty': { route: routeOf(null), slices: slicesOf([]) },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

drawsEach(screens, () => stage);

describe('at 900 × 600', () => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const page = await openView(stage, { ...view, width: 900, height: 600 });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-900x600.png`) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.close();
  });
});

describe('the table of layers beside an image', () => {
  it.each([
    ['en', 900, 600],
    ['zh-CN', 900, 600],
    ['en', 1180, 760],
  ] as const)(
    'has one line a row and whole tags: %s at %i × %i',
    async (language, width, height) => {
      const { 'layers-table': view } = screens;
      if (!view) throw new Error('no such state');
      const settings = { ...view.slices.settings, language };
      const page = await openView(stage, {
        ...view,
        width,
        height,
        slices: { ...view.slices, settings },
      });
      const heads = page.getByTestId('layers-table').getByRole('columnheader');
      const tall = (all: Element[]) => all.filter((one) => one.getBoundingClientRect().height > 28);
      expect(await heads.evaluateAll(tall)).toEqual([]);
      const cut = await page
        .getByTestId('layers-line')
        .locator('.tag')
        .evaluateAll((tags) =>
          tags
            .filter((tag) => {
              const edge = tag.closest('[role=rowheader]')?.getBoundingClientRect().right ?? 0;
              return tag.getBoundingClientRect().right > edge || tag.scrollWidth > tag.clientWidth;
            })
            .map((tag) => tag.textContent),
        );
      expect(cut).toEqual([]);
      await page.close();
    },
  );
});

describe('the layers', () => {
  it('are gone through by keys alone, and tell what each is', async () => {
    const page = await openView(stage, { route: routeOf(null), ...classic, act: drawn });
    const told = page.getByTestId('layer-told');
    const says = (text: string) => expect.poll(() => told.textContent()).toContain(text);
    await page.getByTestId('layers-search').focus();
    await page.keyboard.press('ArrowDown');
    await says('debian:bookworm');
    await page.keyboard.press('ArrowLeft');
    await says('debian:bookworm: 117 MB; 29 images stand on it, 12 will go, 3 could go');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await says('buildpack-deps:bookworm: 704 MB');
    await page.keyboard.press('ArrowLeft');
    await says('587 MB; 28 images');
    await page.keyboard.press('Enter');
    await page.getByTestId('layers-crumbs').getByText('buildpack-deps').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByTestId('image-layers').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('image-layers').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tree');
    await page.keyboard.press('Escape');
    await page.getByTestId('layers-crumbs').getByText('debian').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('layers-crumbs').count()).toBe(0);
    await page.close();
  });

  it('are led to, and to a table, by the switch that the map has too', async () => {
    const page = await openView(stage, { route: 'overview', ...classic });
    const { view } = messages('en').window.overview;
    const ways = page.getByRole('group', { name: view, exact: true }).getByRole('button');
    const names = await ways.allInnerTexts();
    const press = (name: string) => ways.filter({ hasText: name }).click();
    await press('Layers');
    await page.getByTestId('layer-icicle').waitFor();
    expect(await ways.allInnerTexts()).toEqual(names);
    await press('Table');
    await page.getByTestId('layers-table').waitFor();
    await press('Layers');
    await page.getByTestId('layer-icicle').waitFor();
    await press('Space map');
    await page.getByTestId('space-map').waitFor();
    await page.close();
  });

  it('say what an image frees alone, with others, and what stays', async () => {
    const page = await openView(stage, {
      route: routeOf(idOf(classic, 'myorg/api:1.12.4')),
      ...classic,
      act: drawn,
    });
    const panel = page.getByTestId('image-layers');
    await expect
      .poll(() => panel.textContent())
      .toMatch(/198\s*MB\s*comes free .*2\.1\s*GB\s*stays/);
    await panel.getByText('RUN pip install').waitFor();
    expect(await page.getByTestId('image-layers-together').textContent()).toContain(
      'With myorg/api:1.13.0 it frees 402 MB. The 1.2 GB below them stays for myorg/api:1.13.1.',
    );
    expect(await page.getByTestId('image-layers-chain').locator('li').count()).toBe(5);
    await leaf(page, 'node:20').click();
    expect(await page.getByTestId('image-layers-together').textContent()).toContain(
      'With myorg/storybook:7.6 it frees 838 MB.',
    );
    await page.getByTestId('image-layers-why').click();
    await page.getByTestId('why-panel').waitFor();
    await page.close();
  });

  it('draw of 5,000 images only what is in sight, and find one among all', async () => {
    const huge = hugeStore(5000);
    const page = await openView(stage, { route: routeOf(null), ...huge, act: drawn });
    await page.screenshot({ path: path.join(OUTPUT, 'layers-huge.png') });
    expect(await page.getByTestId('layer-leaf').count()).toBeLessThan(90);
    expect(await page.getByTestId('layer-block').count()).toBeLessThan(300);
    const scroller = page.getByTestId('layer-icicle');
    await scroller.focus();
    await page.keyboard.press('End');
    await page.locator('#layer-r4999').waitFor();
    expect(await page.getByTestId('layer-leaf').count()).toBeLessThan(90);
    await page.getByTestId('layers-search').fill('service-17:2.17.0');
    await page.getByTestId('layers-search').press('Enter');
    await page.getByTestId('image-layers').getByText('team17/service-17:2.17.0').waitFor();
    await leaf(page, 'team17/service-17:2.17.0').waitFor();
    await page.close();
  });

  it('keep their drawing while an image goes, and then read the tree again', async () => {
    // So high that each leaf is in sight.
    const page = await openView(stage, {
      route: routeOf(null),
      height: 1300,
      ...classic,
      act: drawn,
    });
    const gone = idOf(classic, 'debian:bookworm');
    await page.evaluate(
      ([id, slice, tree]) => {
        const main = window as unknown as {
          tell: (slice: string, value: unknown) => void;
          answers: Record<string, () => Promise<unknown>>;
          answer: () => void;
        };
        const answered = new Promise<void>((resolve) => (main.answer = resolve));
        main.answers['layers.tree'] = () => answered.then(() => tree);
        main.tell('images', { ...slice, from: 1, to: 2, upsert: [], remove: [id] });
      },
      [gone, classic.slices.images, without(classic, gone)] as const,
    );
    const leaves = page.getByTestId('layer-leaf');
    const all = classic.slices.images.upsert.length;
    await expect.poll(() => leaves.count()).toBe(all);
    await expect.poll(() => page.locator('.leaf.gone').count()).toBe(1);
    await page.evaluate(() => (window as unknown as { answer: () => void }).answer());
    await expect.poll(() => page.locator('.leaf.gone').count()).toBe(0);
    await expect.poll(() => leaves.count()).toBe(all - 1);
    await page.close();
  });
});
