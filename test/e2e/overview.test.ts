import { Readable } from 'node:stream';
import type { Page } from 'playwright-core';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

/** What takes the disk of a real engine, seen by keys alone. */
describe('the overview, by keys alone', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let fleet: Fleet;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    registry = await startRegistry();
    fleet = await loadFleet(engine, { pushed: true });
    const wrote = pack();
    wrote.entry({ name: 'written' }, 'x'.repeat(64 * 1024));
    wrote.finalize();
    await engine.docker.getContainer('web-stopped').putArchive(Readable.from(wrote), { path: '/' });
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy: testPolicy, socket: engine.socket });
    page = await careen.page();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });

  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? null);
  const search = () => page.getByTestId('map-search');

  it('shows the images of the engine, and what the engine counted besides', async () => {
    await page.getByTestId('map-tile').first().waitFor();
    await page.getByTestId('explained').waitFor();
    await search().focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^kind:/);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'space-map');
  });

  it('fills the map with a kind, and goes back where it came from', async () => {
    await page.locator('[data-key="kind:images"]').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('map-path').waitFor();
    await expect.poll(focused).not.toBe('kind:images');
    await page.keyboard.press('Escape');
    await page.getByTestId('map-path').waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('kind:images');
  });

  it('finds an image by its name, and opens it', async () => {
    await search().focus();
    await page.keyboard.type(fleet.api1.id.slice(7, 19));
    await expect.poll(() => page.getByTestId('map-found').innerText()).toMatch(/\d/);
    await page.keyboard.press('Escape');
    await expect.poll(() => search().inputValue()).toBe('');
  });

  it('says what it is that nothing explains, and what layers of several images are', async () => {
    // A tile, or told beside the map where it would crush all else.
    await page.locator(':is(.SpaceMap, .told) [data-key=rest]').focus();
    await page.keyboard.press('Enter');
    const why = page.getByTestId('why-panel');
    expect(await why.getByTestId('why-bytes').innerText()).toMatch(/^at most /);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'why-rest');
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    await expect.poll(focused).toBe('rest');

    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await search().focus();
    await page.keyboard.type('shared');
    await page.getByTestId('space-table').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await why.getByTestId('why-fate').waitFor();
    const images = why.getByTestId('why-image');
    expect(await images.count()).toBeGreaterThan(1);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'why-shared');
    await images.first().focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('why-tabs').waitFor();
    await page.goBack();
    await page.getByTestId('map-tile').first().waitFor();
  });

  it('has a table of every image, which sums up to the account', async () => {
    const text = await page.evaluate(() =>
      (
        window as unknown as { careen: { call(name: string, params: object): Promise<string> } }
      ).careen.call('space', {}),
    );
    const { result: account } = JSON.parse(text) as { result: { used: number; explained: number } };
    expect(account.explained).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Table', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('space-line').first().waitFor();
    await search().focus();
    await page.keyboard.type('sha256:');
    const lines = page.getByTestId('space-line');
    await expect
      .poll(async () => {
        const keys = await lines.evaluateAll((all) =>
          all.map((line) => line.getAttribute('data-key') ?? ''),
        );
        return keys.filter((key) => key.startsWith('sha256:')).sort();
      })
      .toEqual(await imageIds(engine));
    await page.keyboard.press('Escape');
    const sum = Number(await page.getByTestId('space-sum').getAttribute('data-bytes'));
    // The host's disk goes on being written to by others between two counts.
    expect(Math.abs(sum - account.used) / account.used).toBeLessThan(0.02);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'space-table');
  });

  it('says why a container stays, and leads on to a clean-up of its kind', async () => {
    await search().focus();
    await page.keyboard.type('web-stopped');
    // The image that it uses is found by its name as well.
    const lines = page.getByTestId('space-line');
    await expect.poll(() => lines.count()).toBe(2);
    const keys = await lines.evaluateAll((all) => all.map((one) => one.getAttribute('data-key')));
    await page.getByTestId('space-table').focus();
    await page.keyboard.press(keys[0]?.startsWith('sha256:') ? 'End' : 'Home');
    await page.keyboard.press('Enter');
    const why = page.getByTestId('why-panel');
    await why.waitFor();
    expect(await why.innerText()).toContain('web-stopped');
    expect(await page.getByTestId('why-sentence').innerText()).toMatch(/^Kept: containers/);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'why-container');
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-testid')))
      .toBe('space-table');
    await page.keyboard.press('Enter');
    await page.getByTestId('why-cleanup').focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.getByTestId('answer').innerText())
      .toBe(messages('en').window.cleanup.emptyKind.container);
  });
});
