import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slices } from '../../main/contract/slices.js';
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
});
