import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { answers, publishAs, serve, service } from '../support/updating.js';
import { type CareenUnderTest, launchCareen, menuHasFocus } from './support/app.js';

const words = messages('en');
const port = 8192;

/** The main act of each screen, from the first key to the last, without a pointer. */
describe('the window by keys alone', () => {
  let engine: TestEngine;
  let fleet: Fleet;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    registry = await startRegistry();
    fleet = await loadFleet(engine, { pushed: true });
    const ref = `${registry.host}/acme/web:1`;
    await publishAs(engine, ref, service('1.0'));
    await serve(engine, ref, 'web', port, {});
    await publishAs(engine, ref, service('1.1'));
    desktop = await TestDesktop.start();
    careen = await launchCareen({
      policy: `${testPolicy}rollback: { versions: 2, for: 7d }\nupdate:\n  default: { settle: 400ms, proveWithin: 5s }\n`,
      socket: engine.socket,
    });
    page = await careen.page();
    await page.getByTestId('open-cleanup').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focus = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute('data-testid') ?? at?.getAttribute('aria-label') ?? '';
    });
  /** Where an act has led is what has the focus, and not nothing. */
  const isLed = () => expect.poll(focus).toBe('answer');
  /** From where the focus is, by Tab alone, as far as what has this test ID or name. */
  const tabTo = async (wanted: string) => {
    for (let n = 0; n < 80 && (await focus()) !== wanted; n++) await press('Tab');
    expect(await focus()).toBe(wanted);
  };
  /** Runs what the palette finds first. */
  const command = async (text: string) => {
    await press('Control+k');
    await page.getByTestId('palette-input').waitFor();
    await page.keyboard.type(text);
    await press('Enter');
    await page.getByTestId('palette').waitFor({ state: 'detached' });
  };
  const row = (standing: string) =>
    page.locator(`[data-testid="update-row"][data-container="web"][data-standing="${standing}"]`);
  const answer = async () => {
    await page.getByTestId('ask-act').waitFor();
    await tabTo('ask-act');
    await press('Enter');
    await page.getByTestId('ask').waitFor({ state: 'detached' });
  };

  it('checks, updates, and goes back', async () => {
    await command('check for updates');
    await row('update').waitFor();
    await command('web');
    await page.getByTestId('diff').waitFor();
    await tabTo('act-update-web');
    await press('Enter');
    await answer();
    await row('current').waitFor();
    // The button is gone: the keys are on the head of its row.
    expect(await focus()).toBe('open-web');
    expect(await answers(port)).toBe('1.1');
    await page.getByTestId('rollback').waitFor();
    await tabTo('rollback');
    await press('Enter');
    await answer();
    await row('rolled-back').waitFor();
    expect(await answers(port)).toBe('1.0');
  });

  it('cleans up all but one, and brings back what can be had', async () => {
    await command('clean up by');
    await page.getByTestId('plan-item').first().waitFor();
    const box = `plan-check-${fleet.tool2.id}`;
    await tabTo(box);
    await press('Space');
    await page.locator(`[data-id="${fleet.tool2.id}"][data-chosen="false"]`).waitFor();
    await tabTo('act-remove');
    await press('Enter');
    await page.getByTestId('confirm-dialog').waitFor();
    await tabTo('confirm-remove');
    await press('Enter');
    await page.getByTestId('result').waitFor();
    await isLed();
    const left = await imageIds(engine);
    expect(left).toContain(fleet.tool2.id);
    expect(left).not.toContain(fleet.tool1.id);

    await tabTo('undo');
    await press('Enter');
    await page.getByTestId('undo-back').first().waitFor();
    await tabTo('undo-run');
    await press('Enter');
    await page.locator('[data-testid="run-page"][data-kind="undo"]').waitFor();
    await isLed();
    expect(await imageIds(engine)).toContain(fleet.tool1.id);
  });

  it('protects an image in the table', async () => {
    await press('Control+2');
    await page.getByTestId('image-row').first().waitFor();
    await press('/');
    await page.keyboard.type('api:1.4');
    await expect.poll(() => page.getByTestId('image-row').count()).toBe(1);
    await press('ArrowDown', 'ArrowDown', 'p');
    const policy = () => readFile(join(careen.home, 'policy.yaml'), 'utf8');
    await expect.poll(policy).toContain(fleet.api5.id);
    await press('Enter');
    await page.getByTestId('why-panel').waitFor();
    await press('Escape');
    await page.getByTestId('why-panel').waitFor({ state: 'detached' });
  });

  it('finds a run in the history, opens it, comes back, and writes a file of it', async () => {
    const file = join(careen.folder, 'run.json');
    await careen.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await command('history');
    await page.getByTestId('history-entry').first().waitFor();
    await press('/');
    await page.keyboard.type('tool');
    await expect.poll(() => page.getByTestId('history-entry').count()).toBe(2);
    const head = page.locator('[data-kind="clean"] > .head');
    for (let n = 0; n < 40 && !(await head.evaluate((e) => e === document.activeElement)); n++)
      await press('Tab');
    await press('Enter');
    await tabTo('history-whole');
    await press('Enter');
    await page.locator('[data-testid="run-page"][data-kind="clean"]').waitFor();
    await tabTo('export');
    await press('Enter');
    await menuHasFocus(page);
    await press('End', 'Enter');
    await page.getByTestId('notice').filter({ hasText: file }).waitFor();
    const written = JSON.parse(await readFile(file, 'utf8')) as { runs: { kind: string }[] };
    expect(written.runs.map(({ kind }) => kind)).toEqual(['clean']);
    await press('Escape');
    await page.getByTestId('run-page').waitFor({ state: 'detached' });
    expect(await page.getByTestId('history-search').inputValue()).toBe('tool');
  });

  it('pauses, and goes on', async () => {
    await command('pause for');
    await page.getByTestId('notice').filter({ hasText: 'Paused' }).waitFor();
    await command('resume');
    await page.getByTestId('notice').filter({ hasText: words.window.palette.resumed }).waitFor();
  });

  it('lays a suggestion aside', async () => {
    await press('Control+1');
    await page.getByTestId('suggestions').waitFor();
    const first = page.getByTestId('suggestions').locator('[data-testid^="suggestion-"]').first();
    const name = await first.getAttribute('data-testid');
    const dismiss = await first.getByRole('button').last().getAttribute('aria-label');
    await tabTo(dismiss ?? '');
    await press('Enter');
    await page.getByTestId(name ?? '').waitFor({ state: 'detached' });
  });
});
