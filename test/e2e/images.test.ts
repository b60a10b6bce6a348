import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

/** Several images at once, worked by keys alone, and what one is made of. */
describe('the images of a real engine', () => {
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
    await page.getByTestId('nav-images').click();
    await page.getByTestId('image-row').first().waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
  });

  const ids = (testid: string, also = '') =>
    page
      .locator(`[data-testid="${testid}"]${also}`)
      .evaluateAll((all) => all.map((e) => e.getAttribute('data-id') ?? ''));
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** From where the focus is on, as far as the button with this test ID. */
  const tabTo = async (testid: string) => {
    const at = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    for (let n = 0; n < 30 && (await at()) !== testid; n++) await press('Tab');
    expect(await at()).toBe(testid);
  };
  const tools = () => [fleet.tool1.id, fleet.tool2.id, fleet.tool3.id].sort();

  it('ticks three of them by keys, and says what they free together', async () => {
    await press('/');
    await page.keyboard.type('tool');
    await expect.poll(() => ids('image-row')).toHaveLength(3);
    // Past the line of their repository: one by the space bar, the range by Shift.
    await press('ArrowDown', 'ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown');
    expect((await ids('image-row', '[aria-selected=true]')).sort()).toEqual(tools());
    await page
      .getByTestId('selection-total')
      .getByText(/together/)
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'images-selected');
  });

  it('shows the docker commands for them, and forces in none', async () => {
    await tabTo('selection-commands');
    await press('Enter');
    const remove = await page.getByTestId('commands-remove').innerText();
    for (const tag of ['a', 'b', 'c']) expect(remove).toContain(`127.0.0.1:5000/tool:${tag}`);
    expect(await page.getByRole('dialog').innerText()).not.toMatch(/ (-f|--force)\b/);
    expect(await violationsOf(page)).toEqual([]);
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByTestId('selection-bar').count()).toBe(1);
  });

  it('protects them together, and takes it off again only as main’s dialog says', async () => {
    await page.getByTestId('selection-protect').focus();
    await press('Enter');
    await page.getByTestId('selection-unprotect').waitFor();
    const policy = () => readFile(join(careen.home, 'policy.yaml'), 'utf8');
    for (const id of tools()) expect(await policy()).toContain(id);

    await careen.answerDialogs(false);
    await page.getByTestId('selection-unprotect').focus();
    await press('Enter');
    await page.getByTestId('notice').waitFor();
    const [asked] = await careen.dialogs();
    expect(asked?.message).toContain('3 images');
    for (const id of tools()) expect(await policy()).toContain(id);

    await careen.answerDialogs(true);
    await press('Enter');
    await page.getByTestId('selection-protect').waitFor();
    for (const id of tools()) expect(await policy()).not.toContain(id);
  });

  it('opens a plan of exactly those that may go', async () => {
    await page.getByTestId('selection-cleanup').focus();
    await press('Enter');
    await page.getByTestId('plan-item').first().waitFor();
    const { tool1, tool2 } = fleet;
    // The newest of a repository stays by a rule that keeps it, whoever names it.
    expect((await ids('plan-item')).sort()).toEqual([tool1.id, tool2.id].sort());
    expect(await imageIds(engine)).toHaveLength(Object.keys(fleet).length);
  });

  it('tells the layers of an image, and who shares each', async () => {
    await page.getByTestId('nav-images').click();
    const { id } = fleet.api1;
    await page.locator(`[data-testid="image-row"][data-id="${id}"]`).click();
    await page.getByTestId('see-layers').click();
    const layers = page.getByTestId('layer');
    await layers.first().waitFor();
    // The base of all, that of its family, and its own.
    const shared = await layers.evaluateAll((all) => all.map((e) => e.getAttribute('data-shared')));
    expect(shared).toEqual([String(Object.keys(fleet).length - 1), '4', '0']);
    expect(await layers.nth(1).innerText()).toContain('ADD layer 1 in /');
    await layers.nth(1).getByRole('button').press('Enter');
    expect(await page.getByTestId('layer-sharers').innerText()).toContain('myorg/api:1.1');
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'images-layers');
  });
});
