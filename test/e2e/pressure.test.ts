import { access, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngineOnDisk, type TestEngine } from '../support/engine.js';
import { imageIds } from '../support/fleet.js';
import { loadImages, pushImage } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

const words = messages('en');
const count = 8;
const low = 25;

/** Everything may go, and the registry has it all. */
const policy = `version: 1
mode: confirm
grace: 0s
remove:
  - { match: "**" }
triggers:
  pressure: { high: 40%, low: ${low}%, cooldown: 1h }
limits: { pause: 0s }
`;

/** A full disk and what the tray does about it, in the real app on a disk of its own. */
describe('a full disk and the tray, end to end', () => {
  let engine: TestEngine & { disk: string };
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;
  let config: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([
      startRegistry(),
      startEngineOnDisk({ version: '26.1', store: 'classic', sizeMB: 200 }),
    ]);
    const refs = Array.from({ length: count }, (_, n) => `${registry.host}/acme/app:${n}`);
    await loadImages(
      engine,
      refs.map((ref, n) => ({
        refs: [ref],
        created: new Date(Date.UTC(2026, 9, 1 + n)).toISOString(),
        layers: [{ key: `app-${n}`, kB: 10_000 }],
      })),
    );
    for (const ref of refs) await pushImage(engine, ref);
    config = await mkdtemp(join(tmpdir(), 'careen-config-'));
    desktop = await TestDesktop.start();
    careen = await launchCareen({
      policy,
      socket: engine.socket,
      args: ['--hidden'],
      env: { XDG_CONFIG_HOME: config },
    });
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });

  const percent = async () => {
    const { blocks, bfree, bavail } = await statfs(engine.dataRoot);
    return (100 * (blocks - bfree)) / (blocks - bfree + bavail);
  };
  const labels = async () =>
    (await desktop.menu()).filter((item) => !item.separator).map((item) => item.label);
  const hash = () => page.evaluate(() => window.location.hash);
  const asked = () => careen.dialogs();

  it('is told once, with its figures, and without a window', async () => {
    const note = await desktop.nextNotification(90_000);
    const told = /^Docker's disk is (\d+) % full; \d+ MB can go$/.exec(note.summary);
    // The engine writes a little on its disk all the time: rounded it may be the next figure.
    const full = await percent();
    expect(Math.abs(Number(told?.[1]) - full)).toBeLessThan(1);
    expect(full).toBeGreaterThan(40);
    expect(await careen.windowCount()).toBe(0);
    const lines = await labels();
    const asks = /^Docker's disk is \d+ % full; \d+ MB can go…$/;
    for (const line of [asks, /^Docker's disk is \d+ % full$/])
      expect(lines.filter((label) => line.test(label))).toHaveLength(1);
    page = await careen.pageAfter(() => {
      desktop.clickNotification(note.id);
      return Promise.resolve();
    });
    await page.getByTestId('plan-item').first().waitFor();
    expect(await hash()).toMatch(/^#\/cleanup\/.+/);
    await page.getByTestId('nav-overview').click();
    await desktop.clickMenu(asks);
    await page.getByTestId('plan-item').first().waitFor();
    expect(await hash()).toMatch(/^#\/cleanup\/.+/);
  });

  it('is below its low mark after that clean-up, and is told no more', async () => {
    await page.getByTestId('act-remove').click();
    await page.getByTestId('confirm-remove').click();
    await page.getByTestId('result').waitFor();
    expect(await percent()).toBeLessThan(low + 1);
    const note = await desktop.nextNotification();
    expect(note.summary).toMatch(/images removed$/);
    expect(desktop.notifications).toHaveLength(2);
    const isFull = (all: string[]) => all.some((label) => label.endsWith('can go…'));
    await desktop.until(labels, (all) => !isFull(all));
  });

  it('leaves everything where a person does not agree to the clean-up from the tray', async () => {
    const before = await imageIds(engine);
    expect(before.length).toBeGreaterThan(1);
    await careen.answerDialogs(false);
    await desktop.clickMenu(words.tray.cleanNow);
    const [question] = await desktop.until(asked, (all) => all.length === 1);
    expect(question?.message).toMatch(new RegExp(`^Remove ${before.length} images, \\d+ MB\\?$`));
    expect(question?.detail).toBe(words.window.cleanup.confirmAll(before.length, 0));
    expect(await imageIds(engine)).toEqual(before);
  });

  it('cleans up from the tray after one question, and tells how it ended', async () => {
    await careen.answerDialogs(true);
    await desktop.clickMenu(words.tray.cleanNow);
    const note = await desktop.nextNotification();
    expect(note.summary).toMatch(/images removed$/);
    expect(await imageIds(engine)).toEqual([]);
    const last = `Last: ${note.summary}, just now`;
    await desktop.until(labels, (all) => all.includes(last));
    await page.getByTestId('nav-overview').click();
    await desktop.clickMenu(last);
    await desktop.until(hash, (now) => /^#\/history\/.+/.test(now));
  });

  it('says so where nothing can go, and leads to the window', async () => {
    await careen.answerDialogs(true);
    await desktop.clickMenu(words.tray.cleanNow);
    await desktop.until(asked, (all) => all[0]?.message === words.dialog.nothingToClean.title);
    await desktop.until(hash, (now) => now.startsWith('#/cleanup'));
    await page.getByTestId('nav-overview').click();
    await desktop.clickMenu(words.tray.cleanUp);
    await desktop.until(hash, (now) => now.startsWith('#/cleanup'));
  });

  it('starts at login from when that is switched on until it is switched off', async () => {
    const file = join(config, 'autostart', 'careen.desktop');
    const isThere = () =>
      access(file).then(
        () => true,
        () => false,
      );
    await page.getByTestId('nav-settings').click();
    const toggle = page.getByTestId('launch-at-login').getByRole('switch');
    await toggle.click();
    await desktop.until(isThere, Boolean);
    await toggle.click();
    await desktop.until(isThere, (there) => !there);
  });
});
