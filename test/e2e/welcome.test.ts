import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPolicy } from '../../main/domain/policy/read.js';
import { templates } from '../../main/domain/policy/templates/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadFleet } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

/** The very first start, on an engine that holds something. */
describe('the first run', () => {
  let engine: TestEngine;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
    desktop = await TestDesktop.start();
  });
  afterAll(async () => {
    desktop.stop();
    await engine.dispose();
  });
  beforeEach(async () => {
    careen = await launchCareen({ firstRun: true, socket: engine.socket });
    page = await careen.page();
    await page.getByTestId('welcome').waitFor();
  });
  afterEach(() => careen.close());

  const policyFile = () => join(careen.home, 'policy.yaml');
  const focus = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  const stepIs = (text: string) => page.getByTestId('welcome-step').getByText(text).waitFor();
  /** Tab until this has the focus. */
  async function tabTo(testid: string): Promise<void> {
    for (let i = 0; i < 40 && (await focus()) !== testid; i++) await page.keyboard.press('Tab');
    expect(await focus()).toBe(testid);
  }

  it('is gone through by keyboard alone, and the policy then holds what was chosen', async () => {
    await page
      .getByTestId('welcome-there')
      .getByText(/images/)
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'welcome-1');
    await page.keyboard.press('Enter');
    await stepIs('2 of 3');
    await expect.poll(focus).toBe('level-balanced');
    await page
      .getByTestId('level-tight')
      .getByText(/images/)
      .waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByTestId('level-tight').and(page.locator('[aria-checked=true]')).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'welcome-2');
    expect(await readdir(careen.home)).not.toContain('policy.yaml');
    await page.keyboard.press('Enter');
    await stepIs('3 of 3');
    await tabTo('welcome-schedule');
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    await tabTo('welcome-next');
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'welcome-3');
    expect(await readdir(careen.home)).not.toContain('policy.yaml');
    await page.keyboard.press('Enter');
    await page.getByTestId('open-cleanup').waitFor();
    const written = readPolicy(policyFile(), await readFile(policyFile(), 'utf8'));
    const template = readPolicy('tight', templates.tight);
    expect(written).toEqual({
      ...template,
      triggers: { ...template.triggers, schedule: '0 12 * * 1' },
    });
    expect(await page.getByTestId('welcome').count()).toBe(0);
  });

  it('can be skipped: nothing is written, and that is said', async () => {
    await page.getByTestId('welcome-skip').click();
    await page
      .getByTestId('notice')
      .getByText(/Nothing was written/)
      .waitFor();
    await page.getByTestId('open-cleanup').waitFor();
    expect(await readdir(careen.home)).not.toContain('policy.yaml');
    const settings = JSON.parse(await readFile(join(careen.home, 'config.json'), 'utf8')) as object;
    expect(settings).toMatchObject({ welcomed: true });
  });
});
