import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetSlice } from '../../main/contract/fleet.js';
import { violationsOf } from '../support/axe.js';
import { alone, asking, contexts, fleet, many, replaced, twins } from './fleet.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { noEngine, slicesOf, smallStore } from './synthetic.js';

const full = slicesOf(smallStore());
const withFleet = (value: FleetSlice) => ({ ...full, fleet: value });

const openSwitch = async (page: Page) => {
  await page.getByTestId('engine-name').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('switch-all').waitFor();
};

/** A question that a press of a button asks. */
const asked = (testid: string, value: FleetSlice): Omit<View, 'theme'> => ({
  route: 'engines',
  slices: withFleet(value),
  act: async (page) => {
    await page.getByTestId(testid).click();
    await page.getByTestId('ask-act').waitFor();
  },
});

const screens: Record<string, Omit<View, 'theme'>> = {
  'fleet-list': { route: 'engines', slices: withFleet(fleet) },
  'fleet-small': { route: 'engines', slices: withFleet(fleet), width: 900, height: 600 },
  'fleet-alone': { route: 'engines', slices: withFleet(alone) },
  'fleet-asking': { route: 'engines', slices: withFleet(asking) },
  'fleet-many': { route: 'engines', slices: withFleet(many) },
  'fleet-add': {
    route: 'engines/add',
    slices: withFleet(fleet),
    contexts,
    width: 900,
    height: 600,
    act: (page) => page.getByTestId('context-rootless').waitFor(),
  },
  'fleet-add-unread': {
    route: 'engines/add',
    slices: withFleet(alone),
    answers: 'engine-lost',
    act: async (page) => {
      await page.getByTestId('engine-address').fill('unix:///run/none.sock');
      await page.keyboard.press('Enter');
      await page.getByTestId('address-refused').waitFor();
    },
  },
  'fleet-remove': {
    route: 'engines',
    slices: withFleet(fleet),
    act: async (page) => {
      await page.getByTestId('engine-more-a1').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('engine-remove').click();
      await page.getByTestId('ask-act').waitFor();
    },
  },
  'fleet-remove-unfinished': {
    route: 'engines',
    slices: withFleet(fleet),
    act: async (page) => {
      await page.getByTestId('engine-more-a3').focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('engine-remove').click();
      await page.getByTestId('ask-act').waitFor();
    },
  },
  'fleet-twins': { route: 'engines', slices: withFleet(twins) },
  'fleet-join': asked('engine-join-b1', twins),
  'fleet-part': asked('engine-part-b1', twins),
  'fleet-same': asked('engine-same-a4', fleet),
  'fleet-another': asked('engine-another-a4', fleet),
  'fleet-another-first': asked('engine-another-first', replaced),
  'fleet-replaced': {
    route: 'overview',
    slices: {
      ...withFleet(replaced),
      engine: { ...noEngine, error: replaced.engines[0]?.error ?? null },
    },
  },
  'fleet-replaced-lost': {
    route: 'images',
    slices: {
      ...withFleet(replaced),
      engine: { ...full.engine, status: 'lost', error: replaced.engines[0]?.error ?? null },
    },
  },
  'fleet-switch': { route: 'overview', slices: withFleet(fleet), act: openSwitch },
  'fleet-switch-small': {
    route: 'images',
    slices: withFleet(many),
    width: 900,
    height: 600,
    act: openSwitch,
  },
};

let stage: ElectronApplication;
beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

describe.each([
  ['light', 'en'],
  ['light', 'zh-CN'],
  ['dark', 'en'],
  ['dark', 'zh-CN'],
] as const)('in %s and %s', (theme, language) => {
  it.each(Object.entries(screens))('%s is drawn, and axe finds nothing', async (name, view) => {
    const settings = { ...view.slices.settings, language };
    const page = await openView(stage, { ...view, theme, slices: { ...view.slices, settings } });
    const complaints = complaintsOf(page);
    await page.screenshot({ path: path.join(OUTPUT, `${name}-${theme}-${language}.png`) });
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the engine in view', () => {
  it('is chosen by keys alone, and nothing of the one before stays', async () => {
    const page = await openView(stage, { route: 'images', slices: withFleet(fleet) });
    const complaints = complaintsOf(page);
    await openSwitch(page);
    const wanted = page.getByTestId('switch-a1');
    for (let n = 0; n < 9 && (await wanted.getAttribute('data-highlighted')) === null; n++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { viewed: string[] }).viewed))
      .toEqual(['a1']);
    // Main tells the list before the images: those of the engine before are gone by then.
    await page.evaluate(() => {
      const { tell } = window as unknown as { tell: Tell };
      tell('run', { current: null, queued: 0, last: null }, 'a1');
    });
    await page.getByTestId('engine-name').getByText('build-box').waitFor();
    expect(await page.getByTestId('image-table').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe(
      'engine-name',
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is another than the first from the beginning where the window is opened again', async () => {
    const page = await openView(stage, {
      route: 'overview',
      slices: withFleet(fleet),
      engine: 'a1',
    });
    const complaints = complaintsOf(page);
    await page.getByTestId('engine-name').getByText('build-box').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is chosen in the palette, by its name', async () => {
    const page = await openView(stage, { route: 'overview', slices: withFleet(fleet) });
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette-input').waitFor();
    await page.keyboard.type('engine: work');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { viewed: string[] }).viewed))
      .toEqual(['a2']);
    await page.close();
  });
});

type Tell = (slice: string, value: unknown, engine?: string) => void;
