import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlace } from '../../main/adapters/control/place.js';
import { openHome } from '../../main/adapters/store/home.js';
import { CareenError } from '../../main/domain/errors.js';
import { messages } from '../../main/messages/index.js';
import { claim } from '../../main/services/owner/claim.js';
import { ROOT } from '../../scripts/lib/modules.mjs';
import { TestDesktop } from '../support/desktop.js';
import {
  appEnvironment,
  type CareenUnderTest,
  electronFlags,
  electronPath,
  launchCareen,
  screenshot,
} from './support/app.js';

const words = messages('en');

describe('the shell without an engine', () => {
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    desktop = await TestDesktop.start();
    careen = await launchCareen();
    page = await careen.page();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
  });

  const labels = async () =>
    (await desktop.menu()).filter((item) => !item.separator).map((item) => item.label);
  const stored = async () =>
    JSON.parse(await readFile(path.join(careen.home, 'config.json'), 'utf8')) as {
      pausedUntil: number | null;
      toldWhereItStays: boolean;
    };

  it('opens its window on what was looked for', async () => {
    await page.getByTestId('no-engine').waitFor();
    expect(await page.title()).toBe(`${words.window.nav.overview} – Careen`);
    await page.getByText(words.window.noEngine.title).waitFor();
    await screenshot(page, 'no-engine');
  });

  it('tells a page how it speaks first, and its rows before it is made', async () => {
    const told = await careen.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string[]>((resolve) => {
          const { webContents } = BrowserWindow.getAllWindows().find((one) => one.isVisible())!;
          const order: string[] = [];
          const send = webContents.send.bind(webContents);
          webContents.send = (channel: string, text: string) => {
            order.push((JSON.parse(text) as { slice: string }).slice);
            send(channel, text);
          };
          // Ahead of the app's own, which tells then what it could not tell before.
          webContents.prependOnceListener('dom-ready', () => {
            webContents.send = send;
            resolve(order);
          });
          webContents.reload();
        }),
    );
    expect(told[0]).toBe('settings');
    expect(told).toContain('images');
    await page.getByTestId('no-engine').waitFor();
  });

  it('shows icon, tooltip and menu in the tray', async () => {
    const status = words.tray.status({ state: 'none' }, Date.now());
    await desktop.until(
      () => desktop.tooltip(),
      (text) => text === `Careen: ${status}`,
    );
    // The host's disk is told once it was read, be there an engine or not.
    const menu = (await desktop.menu()).filter(({ label }) => !/disk is \d+ % full$/.test(label));
    expect(menu).toMatchObject([
      { label: status, enabled: false },
      { separator: true },
      { label: words.tray.open, enabled: true },
      { label: words.tray.cleanUp, enabled: false },
      { label: words.tray.cleanNow, enabled: false },
      { separator: true },
      { label: words.tray.pauseHour, enabled: true },
      { label: words.tray.pauseTomorrow, enabled: true },
      { label: words.tray.pauseDays, enabled: true },
      { separator: true },
      { label: words.tray.quit, enabled: true },
    ]);
    expect((await desktop.icon()).argb.some((byte) => byte !== 0)).toBe(true);
  });

  it.each(['pauseHour', 'pauseTomorrow'] as const)('%s pauses until Resume', async (item) => {
    const before = Date.now();
    await desktop.clickMenu(words.tray[item]);
    await desktop.until(labels, (all) => all.includes(words.tray.resume));
    const { pausedUntil } = await stored();
    const hour = 3_600_000;
    expect(pausedUntil).toBeGreaterThanOrEqual(before + hour);
    expect(pausedUntil).toBeLessThan(before + 33 * hour);
    await desktop.clickMenu(words.tray.resume);
    await desktop.until(labels, (all) => all.includes(words.tray[item]));
    expect((await stored()).pausedUntil).toBeNull();
  });

  it('says once where it stays when its window is closed', async () => {
    await careen.closeWindow();
    expect(await careen.windowCount()).toBe(0);
    const note = await desktop.nextNotification();
    expect(note.summary).toBe(words.notification.staysInTray.title);
    page = await careen.pageAfter(() => desktop.clickMenu(words.tray.open));
    await page.getByTestId('no-engine').waitFor();
    expect((await stored()).toldWhereItStays).toBe(true);
    await careen.closeWindow();
    page = await careen.pageAfter(() => desktop.activate());
    await page.getByTestId('no-engine').waitFor();
    expect(desktop.notifications).toHaveLength(1);
  });

  it('leaves main the memory that it has while the window is open, where cores are few', async () => {
    await careen.app.evaluate(() => {
      const v8 = process.getBuiltinModule('node:v8');
      const set = v8.setFlagsFromString;
      const flags: string[] = [];
      v8.setFlagsFromString = (flag) => {
        flags.push(flag);
        set(flag);
      };
      const restore = () => (v8.setFlagsFromString = set);
      Object.assign(globalThis, { setting: { flags, restore } });
    });
    await careen.closeWindow();
    page = await careen.pageAfter(() => desktop.activate());
    await page.getByTestId('no-engine').waitFor();
    const set = await careen.app.evaluate(() => {
      const { setting } = globalThis as unknown as {
        setting: { flags: string[]; restore: () => void };
      };
      setting.restore();
      return setting.flags;
    });
    const closed = ['--memory-reducer-favors-memory', '--memory-reducer-gc-count=2'];
    const opened = ['--no-memory-reducer-favors-memory', '--memory-reducer-gc-count=1'];
    expect(set).toEqual(availableParallelism() > 4 ? [] : [...closed, ...opened]);
  });

  it('keeps the page of a closed window for some minutes, up to date, and then has another ready', async () => {
    const isMarked = () => page.evaluate(() => 'marked' in window);
    const resume = page.getByRole('button', { name: words.window.settings.resume });
    await page.evaluate(() => Object.assign(window, { marked: true }) !== null);
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('pause-days').waitFor();
    await careen.closeWindow();
    await desktop.clickMenu(words.tray.pauseHour);
    await desktop.until(labels, (all) => all.includes(words.tray.resume));
    expect(await resume.count()).toBe(0);
    page = await careen.pageAfter(() => desktop.activate());
    expect(await isMarked()).toBe(true);
    await resume.click();
    await desktop.until(labels, (all) => all.includes(words.tray.pauseHour));
    page = await careen.restWindow();
    expect(await careen.windowCount()).toBe(0);
    expect(await isMarked()).toBe(false);
    await desktop.clickMenu(words.tray.pauseHour);
    await desktop.until(labels, (all) => all.includes(words.tray.resume));
    // It stands where the other stood, and knows nothing of what it will show.
    await page.getByTestId('nav-settings').and(page.locator('[aria-current]')).waitFor();
    expect(await page.getByRole('heading').count()).toBe(0);
    page = await careen.pageAfter(() => desktop.activate());
    await page.getByRole('button', { name: words.window.settings.resume }).click();
    await desktop.until(labels, (all) => all.includes(words.tray.pauseHour));
    await page.getByTestId('nav-overview').click();
    await page.getByTestId('no-engine').waitFor();
  });

  it('zooms past 200 % by keys, and a page made anew has the same', async () => {
    // What the page sees of it, and what its own shortcuts do not.
    const width = () => page.evaluate(() => innerWidth);
    const press = async (keyCode: string, times = 1) => {
      await careen.app.evaluate(
        async ({ BrowserWindow }, [key, n]) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          for (let i = 0; i < n; i++) {
            contents?.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers: ['control'] });
            contents?.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers: ['control'] });
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        },
        [keyCode, times] as const,
      );
    };
    const whole = await width();
    await press('=', 5);
    await expect.poll(width).toBe(whole / 2);
    await careen.closeWindow();
    await careen.endWindow();
    page = await careen.pageAfter(() => desktop.activate());
    await expect.poll(width).toBe(whole / 2);
    page = await careen.restWindow();
    await expect.poll(width).toBe(whole / 2);
    page = await careen.pageAfter(() => desktop.activate());
    await press('=', 9);
    await expect.poll(width).toBe(Math.round(whole / 3));
    await press('-');
    await expect.poll(width).toBe(whole / 2.5);
    await press('0');
    await expect.poll(width).toBe(whole);
  });

  it('opens again where it was, its page kept or not', async () => {
    const place = { x: 40, y: 30, width: 960, height: 640 };
    const bounds = () =>
      careen.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await careen.app.evaluate(
      ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
      place,
    );
    await expect.poll(bounds).toEqual(place);
    await careen.closeWindow();
    page = await careen.pageAfter(() => desktop.activate());
    expect(await bounds()).toEqual(place);
    await careen.closeWindow();
    await careen.endWindow();
    page = await careen.pageAfter(() => desktop.activate());
    expect(await bounds()).toEqual(place);
  });

  it('is one instance: a second launch opens the window of the first', async () => {
    await careen.closeWindow();
    page = await careen.pageAfter(async () => {
      const second = spawn(electronPath, [ROOT, ...electronFlags], {
        env: appEnvironment(careen.home, path.join(careen.folder, 'user')),
        stdio: 'ignore',
      });
      expect(await once(second, 'exit')).toEqual([0, null]);
    });
    await page.getByTestId('no-engine').waitFor();
    expect(await careen.windowCount()).toBe(1);
  });

  it('keeps all of its own and of Electron in the home, closed to others', async () => {
    const userData = await careen.app.evaluate(({ app }) => app.getPath('userData'));
    expect(userData).toBe(path.join(careen.home, 'electron'));
  });

  it('loads its page again when that has crashed', async () => {
    await careen.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('render-process-gone', () => resolve());
          contents?.forcefullyCrashRenderer();
        }),
    );
    const drawn = () =>
      careen.app.evaluate(async ({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents || contents.isCrashed() || contents.isLoading()) return false;
        const found = "document.querySelector('[data-testid=no-engine]') !== null";
        return (await contents.executeJavaScript(found)) as boolean;
      });
    await desktop.until(drawn, Boolean);
  });

  it('quits from the menu', async () => {
    await desktop.clickMenu(words.tray.quit);
    expect(await careen.ended).toBe(0);
    expect(careen.output).not.toMatch(/^careen:/m);
  });
});

describe('the zoom', () => {
  it('is what it was at the last start', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'careen-zoom-'));
    const home = await openHome(path.join(folder, 'home'));
    try {
      const first = await launchCareen({ home });
      try {
        const page = await first.page();
        await page.getByTestId('no-engine').waitFor();
        await first.app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({
            type: 'keyDown',
            keyCode: '=',
            modifiers: ['control'],
          }),
        );
        await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBeCloseTo(1.1);
      } finally {
        await first.close();
      }
      const second = await launchCareen({ home });
      try {
        const page = await second.page();
        await page.getByTestId('no-engine').waitFor();
        await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBeCloseTo(1.1);
      } finally {
        await second.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('the shell where the desktop has no tray', () => {
  it('shows its window even when told to hide, and says at the first close how it is found', async () => {
    const careen = await launchCareen({ args: ['--hidden'] });
    try {
      let page = await careen.page();
      await careen.app.evaluate(({ dialog }) => {
        const asked: string[] = [];
        Object.assign(globalThis, { asked });
        dialog.showMessageBox = (...args: unknown[]) => {
          const { message, cancelId = 0 } = args.at(-1) as Electron.MessageBoxOptions;
          asked.push(message);
          return Promise.resolve({ response: cancelId, checkboxChecked: false });
        };
      });
      const asked = () =>
        careen.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
      await careen.closeWindow();
      await expect.poll(asked).toEqual([words.notification.trayMissing.title]);
      page = await careen.pageAfter(async () => {
        await careen.app.evaluate(({ app }) => app.emit('activate'));
      });
      await page.getByTestId('no-engine').waitFor();
      await careen.closeWindow();
      expect(await careen.windowCount()).toBe(0);
      expect(await asked()).toHaveLength(1);
    } finally {
      await careen.close();
    }
  });
});

describe('the shell where a command line has the data home', () => {
  it('says so, and takes over when that ends', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'careen-busy-'));
    const desktop = await TestDesktop.start();
    const home = await openHome(path.join(folder, 'home'));
    const holder = await claim({
      place: controlPlace(home),
      self: { home, version: '0.1.0', by: 'cli' },
      serve: () => Promise.reject(new CareenError('engine-not-found', { looked: [] })),
    });
    const careen = await launchCareen({ home });
    try {
      const page = await careen.page();
      await page.getByTestId('home-busy').waitFor();
      await screenshot(page, 'home-busy');
      const busy = words.tray.status({ state: 'home-busy' }, Date.now());
      await desktop.until(
        async () => (await desktop.menu())[0]?.label,
        (label) => label === busy,
      );
      await holder.close();
      await page.getByTestId('no-engine').waitFor();
      const none = words.tray.status({ state: 'none' }, Date.now());
      await desktop.until(
        async () => (await desktop.menu())[0]?.label,
        (label) => label === none,
      );
      expect(await page.getByTestId('home-busy').count()).toBe(0);
    } finally {
      await careen.close();
      desktop.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
