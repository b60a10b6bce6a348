import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../main/services/journal/records.js';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

const words = messages('en');

/**
 * A person's first clean-up, from the first look to the last: protect an image, read the preview,
 * confirm; the engine has exactly the promised images less.
 */
describe('a first clean-up, end to end', () => {
  let engine: TestEngine;
  let fleet: Fleet;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;
  let before: string[];
  let promised: string[];

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    registry = await startRegistry();
    fleet = await loadFleet(engine, { pushed: true });
    before = await imageIds(engine);
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

  it('says which engine it found and what is on the disk', async () => {
    await page.getByTestId('space-map').waitFor();
    expect(await page.getByTestId('engine-name').innerText()).toContain('Docker Engine');
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'overview');
  });

  it('tells in the tray what can go', async () => {
    await desktop.until(
      () => desktop.tooltip(),
      (text) => / [kM]B can go$/.test(text),
    );
    const [status] = await desktop.menu();
    expect(status?.label).toMatch(/\d kB can go/);
  });

  it('protects an image by its toggle', async () => {
    const { id } = fleet.api1;
    await page.getByTestId('nav-images').click();
    // A long list makes its lines in several frames.
    await expect.poll(async () => (await shown('image-row')).sort()).toEqual(before);
    // Three repositories, and the one that has no name.
    await expect.poll(() => page.getByTestId('image-group').count()).toBe(4);
    await page.getByTestId(`protect-${id}`).click();
    await page.waitForFunction(
      ([row, word]) =>
        document.querySelector(`[data-testid="${row}"]`)?.textContent?.includes(word ?? ''),
      [
        `verdict-${id}`,
        words.verdict({ verdict: 'keep', going: false, decidedBy: 'protect', code: 'rule' }),
      ],
    );
    expect(await readFile(join(careen.home, 'policy.yaml'), 'utf8')).toContain(id);
    await page.locator(`[data-testid="image-row"][data-id="${id}"]`).click();
    await page.getByTestId('why-panel').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'images');
  });

  it('previews exactly what will go, and what cannot come back', async () => {
    await page.getByTestId('nav-cleanup').click();
    await page.getByTestId('plan-item').first().waitFor();
    promised = await shown('plan-item');
    const names: (keyof Fleet)[] = ['api3', 'api4', 'web2', 'tool1', 'tool2', 'loose'];
    expect([...promised].sort()).toEqual(names.map((n) => fleet[n].id).sort());
    for (const name of ['tool1', 'tool2'] as const)
      expect(await page.getByTestId(`plan-check-${fleet[name].id}`).isChecked()).toBe(true);
    expect(await page.getByTestId(`plan-check-${fleet.web2.id}`).isChecked()).toBe(false);
    await page.getByTestId('plan-check-unrecoverable').click();
    await page.getByTestId('unrecoverable-count').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'cleanup');
  });

  it('runs what was confirmed and shows what became of it', async () => {
    await page.getByTestId('act-remove').click();
    await page.getByTestId('confirm-remove').click();
    await page.getByTestId('result').waitFor();
    expect((await shown('removed-item')).sort()).toEqual([...promised].sort());
    const left = before.filter((id) => !promised.includes(id));
    expect(await imageIds(engine)).toEqual(left);
    const measured = Number(await page.getByTestId('result-measured').getAttribute('data-bytes'));
    expect(measured).toBeGreaterThan(0);
    for (const when of ['before', 'now'])
      expect(await page.getByTestId(`disk-${when}`).innerText()).toMatch(
        /^[\d.]+ [kMGT]?B · \d+ %$/,
      );
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'cleanup-done');
  });

  it('wrote one record before and one after each removal', async () => {
    const files = (await readdir(careen.home)).filter((f) => f.startsWith('journal')).sort();
    const lines = (await Promise.all(files.map((f) => readFile(join(careen.home, f), 'utf8'))))
      .join('')
      .trim()
      .split('\n');
    const records = lines.map((line) => JSON.parse(line) as JournalRecord);
    for (const id of promised) {
      const of = records.filter((r) => 'id' in r && r.id === id).map((r) => r.t);
      expect(of).toEqual(['intent', 'outcome']);
    }
  });

  it('tells the tray and the desktop', async () => {
    const note = await desktop.nextNotification();
    expect(note.body + note.summary).toMatch(/6 images/);
    await desktop.until(
      () => desktop.tooltip(),
      (text) => /nothing to clean up/i.test(text),
    );
    const [status] = await desktop.menu();
    expect(status?.label).toMatch(/nothing to clean up/i);
    expect(status?.enabled).toBe(false);
  });

  it('keeps it in the history', async () => {
    await page.getByTestId('nav-history').click();
    await page.getByTestId('history-entry').first().waitFor();
    expect(await page.getByTestId('history-entry').count()).toBe(1);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'history');
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('home').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'settings');
  });

  it('finds the engine again by itself after it was killed', async () => {
    await engine.kill();
    await page.getByTestId('engine-lost').waitFor();
    await engine.start();
    await page.getByTestId('engine-lost').waitFor({ state: 'detached' });
    await page.getByTestId('nav-images').click();
    const there = await imageIds(engine);
    await expect.poll(async () => (await shown('image-row')).sort()).toEqual(there);
  });
});
