import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { SIZES } from './base.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { laptopOn } from './laptop.js';
import { openStage, openView, type View } from './page.js';
import { runningOf } from './runs.js';
import { slicesOf, smallStore } from './synthetic.js';
import { pulling, runWith } from './update-runs.js';
import * as updates from './updates.js';

const rows = smallStore();
const slices = { ...slicesOf(rows), updates: updates.updates };
const layered = laptopOn('containerd');
const goes = rows.find((row) => row.verdict === 'remove')?.id ?? '';

const routes = {
  overview: 'overview',
  layers: 'overview/layers',
  images: `images/${encodeURIComponent(goes)}`,
  updates: 'updates/db',
  cleanup: 'cleanup',
  policy: 'policy',
  history: 'history',
  run: 'history/r1',
  settings: 'settings',
};

/** What has motion, and the element that does. */
const moving: Record<string, View & { moves: string }> = {
  'the Overview': { route: routes.overview, slices, moves: '.Button' },
  'an image beside the table': { route: routes.images, slices, moves: '.Panel' },
  'an update under way': {
    route: 'updates/proxy',
    slices: { ...slices, run: runWith(pulling, 1) },
    moves: '.ring',
  },
  'a clean-up under way': {
    route: routes.cleanup,
    slices: { ...slices, run: runningOf(rows) },
    moves: '.ring',
  },
};

/** What a route shows: the drawing of layers needs a store with a tree of them. */
const shownAt = (route: string): Pick<View, 'route' | 'slices' | 'tree'> =>
  route === routes.layers
    ? { route, slices: { ...layered.slices, updates: updates.updates }, tree: layered.tree }
    : { route, slices };

/** Paragraphs whose lines are longer than the eye follows, in pixels. */
const longLines = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main p')]
      .filter((one) => one.getBoundingClientRect().width > 1200)
      // Figures at both ends of a line are none that is read along.
      .filter((one) => getComputedStyle(one).display === 'block' && one.textContent.trim() !== '')
      .filter((one) => one.closest('.hidden-text, .told') === null)
      .map((one) => one.textContent),
  );

const settled = async (page: Page) => {
  await page.getByTestId('answer').waitFor();
  await page.evaluate(() => document.fonts.ready);
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

describe.each(Object.entries(SIZES))('at %s', (name, size) => {
  it.each(Object.entries(routes))(
    '%s loses nothing, and axe finds nothing',
    async (what, route) => {
      const view: View = { ...shownAt(route), ...size };
      const page = await openView(stage, view);
      const complaints = complaintsOf(page);
      await settled(page);
      await page.screenshot({ path: path.join(OUTPUT, `size-${what}-${name}.png`) });
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
      if (size.width > 1200) expect(await longLines(page)).toEqual([]);
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );
});

describe('in words, and not by a sign alone', () => {
  const small = SIZES['900x600'];

  it.each(['en', 'zh-CN'] as const)('stands what cannot come back, in %s', async (language) => {
    const settings = { ...slices.settings, language };
    const page = await openView(stage, {
      route: 'cleanup',
      slices: { ...slices, settings },
      ...small,
    });
    const words = messages(language).window.cleanup.back.no;
    const line = page.getByTestId('plan-item').filter({ hasText: words }).first();
    const said = line.getByText(words);
    await said.scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(OUTPUT, `size-cleanup-lost-${language}.png`) });
    const [check, name, why] = await Promise.all(
      ['.Check', '.ImageName', '[data-testid=plan-why]'].map((one) =>
        line.locator(one).boundingBox(),
      ),
    );
    const middle = (box: typeof name) => (box?.y ?? 0) + (box?.height ?? 0) / 2;
    expect(Math.abs(middle(check) - middle(name))).toBeLessThan(4);
    expect(Math.abs(middle(why) - middle(name))).toBeLessThan(4);
    // What is clipped has a box of its own, but no room for its words.
    expect(await said.evaluate((one) => getComputedStyle(one).clipPath)).toBe('none');
    await page.close();
  });

  it.each([[1180], [small.width]])('stands the whole reason of a skip at %s px', async (width) => {
    const run = runningOf(rows);
    const { current } = run;
    if (!current) throw new Error('no run');
    const items = current.items.map((item) =>
      item.skip === null
        ? item
        : { ...item, skip: { code: 'in-use' as const, containers: ['notebook', 'n'.repeat(90)] } },
    );
    const page = await openView(stage, {
      route: 'cleanup',
      slices: { ...slices, run: { ...run, current: { ...current, items } } },
      width,
    });
    const line = page.locator('[data-testid=run-item][data-state=skipped]');
    await line.waitFor();
    await page.screenshot({ path: path.join(OUTPUT, `size-skip-${width}.png`) });
    expect(
      await line.locator('.state').evaluate((one) => one.scrollWidth - one.clientWidth),
    ).toBeLessThanOrEqual(0);
    const [box, next] = await Promise.all([line.boundingBox(), line.locator('+ li').boundingBox()]);
    expect(box?.height).toBeGreaterThan(40);
    expect(next?.y).toBeGreaterThanOrEqual((box?.y ?? 0) + (box?.height ?? 0) - 1);
    await page.close();
  });
});

describe('the toolbar', () => {
  it.each([
    [false, ['Engine disk: at most 71 %', 'Host disk: 72 %']],
    [true, ['Disk of engine and host: at most 71 %']],
  ])('names each disk, and one of both once: %s', async (same, names) => {
    const gauges = { ...slices.gauges, same };
    const page = await openView(stage, { route: 'overview', slices: { ...slices, gauges } });
    expect(await page.locator('.MiniGauge .hidden-text').allTextContents()).toEqual(names);
    await page.close();
  });

  it.each(Object.entries(SIZES))(
    'keeps its parts apart at %s, whatever the name',
    async (name, size) => {
      const facts = slices.engine.facts;
      if (!facts) throw new Error('no engine');
      const long = { ...facts, name: 'docker.build-cluster-7.internal.example (production)' };
      const engine = { ...slices.engine, facts: long };
      const page = await openView(stage, {
        route: 'overview',
        slices: { ...slices, engine },
        ...size,
      });
      await settled(page);
      await page.screenshot({ path: path.join(OUTPUT, `size-long-name-${name}.png`) });
      const over = await page.locator('header.Toolbar').evaluate((bar) => {
        const seen = [...bar.querySelectorAll('button, .what, .MiniGauge')]
          .map((one) => one.getBoundingClientRect())
          .filter(({ width }) => width > 0);
        const cut = [...bar.querySelectorAll('button')].filter(
          (one) => one.scrollWidth > one.clientWidth + 1,
        );
        return {
          cut: cut.length,
          apart: seen.every((box, i) => box.left >= (seen[i - 1]?.right ?? 0)),
          inside: (seen.at(-1)?.right ?? 0) <= innerWidth,
        };
      });
      expect(over).toEqual({ cut: 0, apart: true, inside: true });
      await page.close();
    },
  );
});

describe('with colours of the system, or more contrast', () => {
  it.each(Object.entries(routes))('%s keeps what it says', async (what, route) => {
    const page = await openView(stage, shownAt(route));
    await settled(page);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await page.screenshot({ path: path.join(OUTPUT, `forced-${what}.png`) });
    expect(await violationsOf(page)).toEqual([]);
    const current = page.locator('nav [aria-current=page]');
    const others = page.locator('nav a:not([aria-current])').first();
    const ground = (one: typeof current) =>
      one.evaluate((e) => getComputedStyle(e).backgroundColor);
    expect(await ground(current)).not.toBe(await ground(others));
    await page.emulateMedia({ forcedColors: 'none', contrast: 'more', reducedMotion: 'reduce' });
    await page.screenshot({ path: path.join(OUTPUT, `contrast-${what}.png`) });
    expect(await violationsOf(page)).toEqual([]);
    await page.close();
  });

  it.each(Object.entries(moving))(
    'moves nothing where less motion is asked for: %s',
    async (_, view) => {
      const page = await openView(stage, view);
      await page.locator(view.moves).first().waitFor();
      const moves = () =>
        page.evaluate(
          (selector) =>
            [...document.querySelectorAll('*')]
              .filter((one) => {
                const { transitionDuration, animationDuration } = getComputedStyle(one);
                const spans = `${transitionDuration}, ${animationDuration}`.split(', ');
                return spans.some((span) => parseFloat(span) > 0);
              })
              .map((one) => one.matches(selector)),
          view.moves,
        );
      expect(await moves()).toEqual([]);
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      expect(await moves()).toContain(true);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.close();
    },
  );
});
