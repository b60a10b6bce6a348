import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { capture } from '../../scripts/lib/process.mjs';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { publishAs, serve, service, updatePolicy } from '../support/updating.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

/** What must never leave this machine. */
const planted = {
  password: 'hunter2-of-the-registry',
  variable: 'hunter2-of-the-variable',
  label: 'hunter2-of-the-label',
  note: 'hunter2-of-the-note',
};
/** What leaves it only where a person says so. */
const names = { container: 'orders-of-smith', repository: 'smith-and-sons/orders' };

describe('the settings, end to end', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([
      startRegistry(),
      startEngine({ version: '26.1', store: 'classic' }),
    ]);
    const reference = `${registry.host}/${names.repository}:1`;
    await publishAs(engine, reference, service('1.0', { labels: { secret: planted.label } }));
    await serve(engine, reference, names.container, null, {
      Env: [`DATABASE=${planted.variable}`],
      Labels: { 'smith.contract': planted.label },
    });
    const folder = await mkdtemp(join(tmpdir(), 'careen-settings-'));
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    await writeFile(
      join(home, 'policy.yaml'),
      `${updatePolicy}protect:\n  - { match: "golden", note: "${planted.note}" }\n`,
    );
    const docker = join(folder, 'docker');
    await mkdir(docker);
    const auth = Buffer.from(`smith:${planted.password}`).toString('base64');
    await writeFile(
      join(docker, 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    );
    desktop = await TestDesktop.start();
    const env = { DOCKER_CONFIG: docker };
    careen = await launchCareen({ home, socket: engine.socket, env });
    page = await careen.page();
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('version').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });

  const stored = async () =>
    JSON.parse(await readFile(join(careen.home, 'config.json'), 'utf8')) as {
      notify?: Record<string, unknown>;
    };
  const policy = () => readFile(join(careen.home, 'policy.yaml'), 'utf8');
  const focus = (testid: string) => page.getByTestId(testid).focus();
  /** Opens a choice by a key and goes to one of its options by arrows. */
  async function choose(testid: string, text: string): Promise<void> {
    await focus(testid);
    await page.keyboard.press('Enter');
    const option = page.getByRole('option', { name: text });
    await option.waitFor();
    await page.keyboard.press('Home');
    for (let n = 0; n < 12 && (await option.getAttribute('data-highlighted')) === null; n++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByTestId(testid).getByText(text).waitFor();
  }

  it('change look and language at once, by keyboard alone', async () => {
    const words = messages('en').window.settings;
    await page.getByRole('button', { name: words.theme.dark }).focus();
    await page.keyboard.press('Space');
    await page.waitForSelector('html[data-theme=dark]');
    await choose('language', words.languages['zh-CN']);
    await page.getByText(messages('zh-CN').window.settings.home).waitFor();
    await screenshot(page, 'settings-zh');
    await choose('language', words.languages.en);
    await page.getByText(words.home).waitFor();
  });

  it('write schedule, marks and how updates are looked for into the policy', async () => {
    const words = messages('en').window.settings;
    await choose('update-wait', '2 days');
    await choose('schedule-kind', words.cleanUps.weekly);
    await expect.poll(policy).toMatch(/schedule: "0 12 \* \* 1"/);
    await focus('schedule-day');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Friday' }).click();
    await expect.poll(policy).toMatch(/schedule: "0 12 \* \* 5"/);
    await page.getByTestId('schedule-next').getByText('12:00').waitFor();
    await page.getByTestId('marks').getByRole('switch').click();
    await page.getByTestId('mark-high').fill('90');
    await page.keyboard.press('Tab');
    await expect.poll(policy).toMatch(/pressure: \{ high: 90%, low: 75%, cooldown: 6h \}/);
    expect(await policy()).toMatch(/minAge: 2d/);
    expect(await policy()).toContain(planted.note);
  });

  it('ask before containers are updated by themselves, and stand as before without a yes', async () => {
    const { mode } = messages('en').update;
    await careen.answerDialogs(false);
    await focus('update-mode');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: mode.auto }).click();
    await expect.poll(() => careen.dialogs()).toHaveLength(1);
    await page.getByTestId('update-mode').getByText(mode.notify).waitFor();
    expect(await policy()).not.toMatch(/mode: auto/);
  });

  it('silence a kind of notification, and show one to see that they come', async () => {
    await page.getByTestId('notify-runs').getByRole('switch').focus();
    await page.keyboard.press('Space');
    await choose('notify-updates', messages('en').window.settings.notify.how.never);
    await expect
      .poll(async () => (await stored()).notify)
      .toEqual({
        disk: true,
        failed: true,
        runs: false,
        updates: 'never',
      });
    await focus('notify-test');
    await page.keyboard.press('Enter');
    const { summary } = await desktop.nextNotification();
    expect(summary).toBe(messages('en').notification.test.title);
  });

  it('show the registry and how it was asked, once a check asked it', async () => {
    const row = page.getByTestId('registry').filter({ hasText: registry.host });
    await page.evaluate(() => window.careen.call('update.check', { containers: null }));
    await expect.poll(() => row.getAttribute('data-access')).toBe('anonymous');
    await row.scrollIntoViewIfNeeded();
    await screenshot(page, 'settings-registries');
    const text = (await page.getByTestId('settings-registries').textContent()) ?? '';
    expect(text).not.toMatch(/hunter2|smith/);
  });

  it('open the data folder, and no other', async () => {
    await careen.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openPath = (path) => Promise.resolve((opened.push(path), ''));
    });
    await focus('data-open');
    await page.keyboard.press('Enter');
    const opened = () =>
      careen.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    await expect.poll(opened).toEqual([careen.home]);
  });

  /** The archive that the button makes, unpacked: each file's text by its name. */
  async function bundle(): Promise<Record<string, string>> {
    const folder = await mkdtemp(join(tmpdir(), 'careen-bundle-'));
    const file = join(folder, 'bundle.tar.gz');
    await careen.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await focus('diagnostics-save');
    await page.keyboard.press('Enter');
    await page.getByTestId('diagnostics-saved').getByText(file).waitFor();
    await capture('tar', ['-xzf', file, '-C', folder]);
    const [inside = ''] = (await readdir(folder)).filter((name) => !name.endsWith('.gz'));
    const files = await readdir(join(folder, inside));
    const texts = await Promise.all(
      files.map(async (name) => [name, await readFile(join(folder, inside, name), 'utf8')]),
    );
    return Object.fromEntries(texts) as Record<string, string>;
  }

  it('save diagnostics without a secret, nor a name that nobody asked for', async () => {
    await page.getByTestId('diagnostics-preview').locator('summary').click();
    const listed = page.getByTestId('diagnostics-preview').locator('th');
    await expect.poll(() => listed.count()).toBeGreaterThan(10);
    await screenshot(page, 'settings-diagnostics');
    const shown = await listed.allTextContents();
    const files = await bundle();
    expect(Object.keys(files).sort()).toEqual([...shown].sort());
    const all = Object.values(files).join('\n');
    expect(all).not.toContain('hunter2');
    expect(all).not.toMatch(/smith|orders/);
    expect(JSON.parse(files['about.json'] ?? '')).toMatchObject({ by: 'app' });
    expect(JSON.parse(files['counts.json'] ?? '')).toMatchObject({ containers: { all: 1 } });
  });

  it('save them with names where a person wants that, and still without a secret', async () => {
    await focus('diagnostics-names');
    await page.keyboard.press('Space');
    const all = Object.values(await bundle()).join('\n');
    expect(all).toContain(names.repository);
    expect(all).toContain(names.container);
    expect(all).not.toContain('hunter2');
  });
});
