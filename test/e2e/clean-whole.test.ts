import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { runContainer } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

const words = messages('en');

/** Cleaning in every way that the window offers, on one engine, from so much to the way back. */
describe('cleaning, whole, end to end', () => {
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
    await engine.docker.createVolume({ Name: 'orphan' });
    await engine.docker.createVolume({ Name: 'mounted' });
    await runContainer(engine, {
      image: 'myorg/api:1.1',
      name: 'mounts',
      options: { HostConfig: { Binds: ['mounted:/data'] } },
    });
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

  const shown = (testid: string) =>
    page.getByTestId(testid).evaluateAll((all) => all.map((e) => e.getAttribute('data-id') ?? ''));
  /** What of the plan would go now. */
  const chosen = () =>
    page
      .locator('[data-testid="plan-item"][data-chosen="true"]')
      .evaluateAll((all) => all.map((e) => e.getAttribute('data-id') ?? ''));
  const press = (testid: string, text: string) =>
    page.getByTestId(testid).getByRole('button', { name: text, exact: true }).click();
  const volumes = async () =>
    (await engine.docker.listVolumes()).Volumes.map((volume) => volume.Name).sort();
  const run = async () => {
    await page.getByTestId('act-remove').click();
    await page.getByTestId('confirm-remove').click();
    await page.getByTestId('result').waitFor();
  };
  const again = async () => {
    await page.getByTestId('result-done').click();
    await page.getByTestId('nav-cleanup').click();
    await page.getByTestId('plan-item').first().waitFor();
  };

  it('shows which rules decide, and leads from one to its images', async () => {
    await page.getByTestId('nav-cleanup').click();
    await page.getByTestId('plan-item').first().waitFor();
    await press('side', 'Rules');
    await page.getByTestId('rules').waitFor();
    expect(await page.getByTestId('rule-protect[0]').innerText()).toContain('decides nothing now');
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'rules');
    await page.getByTestId('rule-untagged').getByRole('link').click();
    await page.getByTestId('rule-chip').waitFor();
    await expect.poll(() => shown('image-row')).toEqual([fleet.loose.id]);
  });

  it('explains an item beside the plan', async () => {
    await page.getByTestId('nav-cleanup').click();
    const item = page.locator(`[data-testid="plan-item"][data-id="${fleet.api3.id}"]`);
    await item.getByTestId('plan-why').click();
    expect(await page.getByTestId('why-sentence').innerText()).toContain('rule “old”');
    await page.keyboard.press('Escape');
    await page.getByTestId('why-panel').waitFor({ state: 'detached' });
  });

  it('frees so much, and no more than that needs', async () => {
    const whole = await chosen();
    await press('way', 'Free space');
    await page.getByTestId('free-amount').fill('90 kB');
    await page.getByText(words.window.cleanup.freeLead('90 kB')).waitFor();
    const planned = await chosen();
    expect(planned.length).toBeLessThan(whole.length);
    expect(planned.length).toBeGreaterThan(0);
    expect(await page.getByTestId('shortfall').count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'free');
    const before = await imageIds(engine);
    await run();
    expect((await shown('removed-item')).sort()).toEqual([...planned].sort());
    expect(await imageIds(engine)).toEqual(before.filter((id) => !planned.includes(id)));
    await again();
  });

  it('tells once when so much cannot be freed', async () => {
    await press('way', 'Free space');
    await page.getByTestId('free-amount').fill('900 GB');
    await page.getByTestId('shortfall').waitFor();
    expect(await page.getByTestId('shortfall').count()).toBe(1);
  });

  it('removes a volume that was named, and no other', async () => {
    await press('way', 'One kind');
    await press('kind', 'Volumes');
    await expect.poll(() => shown('plan-item')).toEqual(['volume:orphan']);
    await press('side', 'What stays, and why');
    await expect.poll(() => shown('stays-item')).toEqual(['volume:mounted']);
    expect(await page.getByTestId('act-remove').isDisabled()).toBe(true);
    await page.getByTestId('plan-check-volume:orphan').click();
    await page.getByTestId('unrecoverable-count').waitFor();
    await page.getByTestId('act-remove').click();
    await page.getByTestId('confirm-volume').waitFor();
    expect(await page.getByTestId('confirm-volume').innerText()).toContain('orphan');
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'volume');
    await page.getByTestId('confirm-remove').click();
    await page.getByTestId('result').waitFor();
    expect(await shown('removed-item')).toEqual(['volume:orphan']);
    expect(await volumes()).toEqual(['mounted']);
    await page.getByTestId('result-done').click();
  });

  it('says why a kind is left alone, and where to change that', async () => {
    await page.getByTestId('nav-cleanup').click();
    await page.getByTestId('way').waitFor();
    await press('way', 'One kind');
    await press('kind', 'Containers');
    await page.getByTestId('switch-on').click();
    await page.getByTestId('section-parts').getByRole('switch').first().click();
    await page.getByTestId('policy-save').click();
    await expect
      .poll(() => readFile(join(careen.home, 'policy.yaml'), 'utf8'))
      .toMatch(/containers:\s*(\{ enabled: true|\n\s+enabled: true)/);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('brings back from a registry what a clean-up removed', async () => {
    await page.getByTestId('nav-cleanup').click();
    await page.getByTestId('way').waitFor();
    await press('way', 'By the policy');
    await expect.poll(async () => (await chosen()).length).toBeGreaterThan(0);
    await run();
    const removed = await shown('removed-item');
    const back = [fleet.tool1, fleet.tool2].filter(({ id }) => removed.includes(id));
    expect(back).toHaveLength(1);
    await page.getByTestId('undo').click();
    await page.getByTestId('undo-back').first().waitFor();
    expect(await shown('undo-back')).toEqual(back.map(({ id }) => id));
    expect((await shown('undo-lost')).length).toBe(removed.length - 1);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'undo');
    await page.getByTestId('undo-run').click();
    await page.locator('[data-testid="run-page"][data-kind="undo"]').waitFor();
    for (const { id, refs } of back)
      expect((await engine.docker.getImage(id).inspect()).RepoTags).toEqual(refs);
  });

  it('finds runs in the history by what was done and by name', async () => {
    await page.getByTestId('run-back').click();
    const entries = page.getByTestId('history-entry');
    await expect.poll(() => entries.count()).toBe(4);
    await press('history-kind', 'Undone');
    await expect.poll(() => entries.count()).toBe(1);
    await press('history-kind', 'All');
    await page.getByTestId('history-search').fill('orphan');
    await expect.poll(() => entries.count()).toBe(1);
    expect(await violationsOf(page)).toEqual([]);
    await entries.getByRole('button').first().click();
    await page.getByTestId('history-why').click();
    expect(await page.getByTestId('history-reason').innerText()).toContain('volume');
    await screenshot(page, 'history-filter');
  });

  it('writes the history where a person says', async () => {
    const file = join(careen.folder, 'history.csv');
    await careen.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await page.getByTestId('export').click();
    await page.getByTestId('export-csv').click();
    await page.getByTestId('notice').filter({ hasText: file }).waitFor();
    const lines = (await readFile(file, 'utf8')).trim().split('\r\n');
    expect(lines[0]).toContain('runId');
    expect(lines.some((line) => line.includes('orphan'))).toBe(true);
  });
});
