import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slices } from '../../main/contract/slices.js';
import { NOW } from './base.js';
import { laptopOn } from './laptop.js';
import { openStage, openView, type View } from './page.js';
import { slicesOf, smallStore, suggestions } from './synthetic.js';
import { updates } from './updates.js';

const rows = smallStore();
const slices: Slices = { ...slicesOf(rows), updates, suggestions };
const image = rows[0]?.id ?? '';
const views: Record<string, View> = {
  overview: { route: 'overview', slices },
  layers: { route: 'overview/layers', ...laptopOn('classic') },
  images: { route: 'images', slices },
  'an image': { route: `images/${encodeURIComponent(image)}`, slices },
  'clean up': { route: 'cleanup', slices },
  updates: { route: 'updates', slices },
  'an update': { route: 'updates/proxy', slices },
  policy: { route: 'policy', slices },
  history: { route: 'history', slices },
  settings: { route: 'settings', slices },
};
const { engine } = slices;
const since = NOW - 3 * 60_000;
/** What stands in a live region, or beside one, and tells of a time. */
const spoken: Record<string, View & { said: string }> = {
  'the engine is lost': {
    said: 'engine-lost',
    route: 'images',
    slices: { ...slices, engine: { ...engine, status: 'lost', since } },
  },
  'images are remembered': {
    said: 'remembered',
    route: 'images',
    slices: { ...slices, engine: { ...engine, asOf: since } },
  },
  'what takes the disk was counted': { said: 'explained', route: 'overview', slices },
  'a registry takes no more questions': {
    said: 'limited',
    route: 'updates',
    slices: {
      ...slices,
      updates: {
        ...updates,
        limits: [{ registry: 'docker.io', limit: 100, remaining: 0, until: NOW + 20 * 60_000 }],
      },
    },
  },
};
/** Milliseconds in which a screen has asked for what it needs, and those it is watched for after. */
const READY = 2_000;
const WATCHED = 2_500;
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('a screen that nothing happens to', { timeout: 60_000 }, () => {
  let stage: ElectronApplication;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it.each(Object.keys(views))('asks for nothing: %s', async (name) => {
    const page = await openView(stage, views[name] as View);
    const asked = () =>
      page.evaluate(() =>
        (window as unknown as { asked: { name: string }[] }).asked.map((one) => one.name),
      );
    await sleep(READY);
    const before = await asked();
    expect(before).not.toEqual([]);
    await sleep(WATCHED);
    expect((await asked()).slice(before.length)).toEqual([]);
    await page.close();
  });

  it.each(Object.keys(spoken))('has nothing read out as the clock goes on: %s', async (name) => {
    const { said, ...view } = spoken[name] as (typeof spoken)[string];
    const page = await openView(stage, view);
    await page.getByTestId(said).waitFor();
    await sleep(READY);
    const text = await page.getByTestId(said).innerText();
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const live = '[role=alert], [role=status], [role=log], [aria-live]';
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const region = element?.closest(live);
          if (region && region.getAttribute('aria-live') !== 'off')
            heard.push(region.textContent ?? '');
        }
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    await page.clock.setFixedTime(NOW + 5 * 60_000);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await sleep(300);
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
    expect(text).toMatch(/\d\d:\d\d|ago|just now/);
    await page.close();
  });
});
