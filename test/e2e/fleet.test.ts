import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { type CareenUnderTest, launchCareen, menuHasFocus, screenshot } from './support/app.js';

const words = messages('en').window.fleet;

/** A second engine from the window, by keys alone: added, cleaned up, and taken off the list again. */
describe('two engines in one window', () => {
  let engines: [TestEngine, TestEngine];
  let fleet: Fleet;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;
  let before: string[];
  let key = '';

  beforeAll(async () => {
    // One after the other: they share a network of their own, whose rules both write.
    const first = await startEngine({ version: '26.1', store: 'classic' });
    engines = [first, await startEngine({ version: '26.1', store: 'classic' })];
    registry = await startRegistry();
    await loadFleet(engines[0], { pushed: true });
    fleet = await loadFleet(engines[1], { pushed: true });
    before = await imageIds(engines[0]);
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy: testPolicy, socket: engines[0].socket });
    page = await careen.page();
    await page.getByTestId('open-cleanup').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await Promise.all(engines.map((engine) => engine.dispose()));
    await registry.dispose();
  });

  const press = async (...keys: string[]) => {
    for (const one of keys) await page.keyboard.press(one);
  };
  /** By Tab alone as far as this. */
  const reach = async (wanted: Locator) => {
    await wanted.waitFor();
    const isThere = () => wanted.evaluate((one) => one.matches(':focus'));
    for (let n = 0; n < 80 && !(await isThere()); n++) await press('Tab');
    expect(await isThere()).toBe(true);
  };
  const enter = async (testid: string) => {
    await reach(page.getByTestId(testid));
    await press('Enter');
  };
  const command = async (text: string) => {
    await press('Control+k');
    await page.getByTestId('palette-input').waitFor();
    await page.keyboard.type(text);
    await press('Enter');
  };
  /** One of a menu that is open, by arrows. */
  const choose = async (testid: string) => {
    const wanted = page.getByTestId(testid);
    await menuHasFocus(page);
    for (let n = 0; n < 9 && (await wanted.getAttribute('data-highlighted')) === null; n++)
      await press('ArrowDown');
    await press('Enter');
  };
  const heading = () => page.getByTestId('engine-name').innerText();

  it('says at the address why it is none, and adds one that answers', async () => {
    await command('add an engine');
    await reach(page.getByTestId('engine-address'));
    await page.keyboard.type('no address');
    await press('Enter');
    await page.getByTestId('address-refused').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await careen.answerDialogs(true);
    await reach(page.getByTestId('engine-address'));
    await press('Control+a');
    await page.keyboard.type(`unix://${engines[1].socket}`);
    await press('Tab');
    await page.keyboard.type('second');
    await press('Enter');
    const card = page.locator('[data-name="second"]');
    await card.locator('[data-state="found"]').waitFor();
    expect(await careen.dialogs()).toHaveLength(1);
    key = ((await card.getAttribute('data-testid')) ?? '').replace('engine-', '');
    await screenshot(page, 'fleet');
    expect(await violationsOf(page)).toEqual([]);
  });

  it("goes by the first engine's policy once a person says so", async () => {
    await enter(`engine-policy-${key}`);
    const shared = page.getByRole('option', { name: words.policyOf.shared });
    await shared.waitFor();
    await press('End', 'Enter');
    const card = page.getByTestId(`engine-${key}`);
    await expect
      .poll(() => card.getByTestId('engine-can-go').innerText(), { timeout: 20_000 })
      .toMatch(/[1-9]/);
  });

  it('asks from the tray about the engine that is meant, by its name', async () => {
    const { tray } = messages('en');
    const menu = () => desktop.menu();
    const of = (name: string) => new RegExp(`^${name}: .*can go`);
    const all = await desktop.until(menu, (items) =>
      items.some(({ label }) => of('second').test(label)),
    );
    const labels = all.flatMap(({ label, separator }) => (separator ? [] : [label]));
    expect(labels[0]).toMatch(/can go$/);
    expect(labels).not.toContain(tray.cleanNow);
    const second = all.find(({ label }) => of('second').test(label));
    expect(second?.children.map(({ label }) => label)).toEqual(
      expect.arrayContaining([tray.openEngine, tray.cleanUp, tray.cleanNow]),
    );
    await careen.answerDialogs(false);
    await desktop.clickMenu(tray.cleanNow, of('second'));
    await expect.poll(async () => (await careen.dialogs()).length).toBe(1);
    const [question] = await careen.dialogs();
    expect(question?.message).toMatch(/^second: Remove /);
    await desktop.clickMenu(tray.openEngine, of('second'));
    await expect.poll(heading).toContain('second');
    await enter('engine-name');
    await choose('switch-first');
    await expect.poll(heading).not.toContain('second');
  });

  it('takes it into view by the switch, and cleans up there and nowhere else', async () => {
    await command('overview');
    await enter('engine-name');
    await choose(`switch-${key}`);
    await expect.poll(heading).toContain('second');
    await command('clean up by');
    await page.getByTestId('plan-item').first().waitFor();
    await enter('act-remove');
    await page.getByTestId('confirm-dialog').waitFor();
    await enter('confirm-remove');
    await page.getByTestId('result').waitFor();
    expect(await imageIds(engines[1])).not.toContain(fleet.tool1.id);
    expect(await imageIds(engines[0])).toEqual(before);
  });

  it('shows nothing of that on the first engine', async () => {
    await enter('engine-name');
    await choose('switch-first');
    await expect.poll(heading).not.toContain('second');
    await page.getByTestId('plan-item').first().waitFor();
    expect(await page.getByTestId('result').count()).toBe(0);
  });

  it('takes the engine in view off the list: the first is in view then', async () => {
    await command('engine: second');
    await expect.poll(heading).toContain('second');
    await command('all engines');
    await enter(`engine-more-${key}`);
    await choose('engine-remove');
    await page.getByTestId('ask').waitFor();
    await enter('ask-act');
    await expect.poll(() => page.locator('[data-name="second"]').count()).toBe(0);
    await expect.poll(heading).not.toContain('second');
    expect(await imageIds(engines[0])).toEqual(before);
  });
});
