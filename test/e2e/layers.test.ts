import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

const words = messages('en');

/** The layers of a real engine: what is drawn is what the engine has, and what it gives back. */
describe('the layers view of the overview', () => {
  let engine: TestEngine;
  let fleet: Fleet;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    fleet = await loadFleet(engine);
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy: testPolicy, socket: engine.socket });
    page = await careen.page();
    await page.getByRole('button', { name: 'Layers', exact: true }).click();
    await page.getByTestId('layer-icicle').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
  });

  /** Bytes of all layers that the engine has. */
  const taken = async () => ((await engine.docker.df()) as { LayersSize: number }).LayersSize;
  const lines = () =>
    page.getByTestId('layers-line').evaluateAll((all) =>
      all.map((line) => ({
        key: line.dataset['key'] ?? '',
        bytes: Number(line.dataset['bytes']),
      })),
    );
  const drawn = async () => (await lines()).reduce((sum, { bytes }) => sum + bytes, 0);
  /** Chooses an image by its name, and gives what its panel says it frees alone. */
  const alone = async (name: string) => {
    await page.getByTestId('layers-search').fill(name);
    await page.getByTestId('layers-search').press('Enter');
    await page.getByTestId('layers-line').filter({ hasText: name }).first().click();
    const panel = page.getByRole('complementary', { name: words.window.layers.panel.label(name) });
    await panel.waitFor();
    return panel.locator('.Bytes').first().innerText();
  };

  it('draws every byte exactly once, with every image at its end', async () => {
    // Long lists make their lines in several frames.
    const leaves = page.getByTestId('layer-leaf');
    await expect.poll(() => leaves.count()).toBe((await imageIds(engine)).length);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'layers');
    await page.getByTestId('layers-as-table').click();
    await expect.poll(drawn).toBe(await taken());
    const keys = (await lines()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(await violationsOf(page)).toEqual([]);
  });

  it.each([
    { name: 'myorg/api:1.3', which: 'api4', why: 'a version on layers that others share' },
    { name: 'myorg/web:2.2', which: 'web3', why: 'another family' },
  ] as const)('frees what it says: $why', async ({ name, which }) => {
    const said = await alone(name);
    const before = await taken();
    await engine.docker.getImage(fleet[which].id).remove({ force: true });
    const freed = before - (await taken());
    expect(freed).toBeGreaterThan(0);
    expect(said.replace(/\s/g, '')).toBe(words.format.bytes(freed).replace(/\s/g, ''));
    // What is gone is drawn no more, and the rest still adds up.
    await expect.poll(drawn).toBe(before - freed);
  });
});
