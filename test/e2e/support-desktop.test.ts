import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestDesktop } from '../support/desktop.js';

/** An app with a tray icon, two menu items and a notification. */
const APP = `
const { app, Menu, nativeImage, Notification, Tray } = require('electron');
app.whenReady().then(() => {
  const pixels = Buffer.alloc(16 * 16 * 4, 200);
  const tray = new Tray(nativeImage.createFromBitmap(pixels, { width: 16, height: 16 }));
  const notification = new Notification({ title: 'Done', body: 'All of it' });
  notification.on('click', () => tray.setToolTip('clicked'));
  tray.setToolTip('ready');
  tray.setContextMenu(Menu.buildFromTemplate([
    { label: 'Tell', click: () => notification.show() },
    { type: 'separator' },
    { label: 'More', submenu: [{ label: 'Ticked', type: 'checkbox', checked: true }] },
  ]));
  globalThis.kept = [tray, notification];
  globalThis.clicks = 0;
  globalThis.setAgain = () => tray.setContextMenu(Menu.buildFromTemplate([
    { label: 'Count', click: () => { globalThis.clicks += 1; } },
  ]));
});
app.on('window-all-closed', () => {});
`;

const executablePath = createRequire(import.meta.url)('electron') as string;

describe('the desktop of an e2e test', () => {
  let folder: string;
  let desktop: TestDesktop;
  let app: ElectronApplication;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-desktop-'));
    await writeFile(path.join(folder, 'package.json'), '{ "main": "main.cjs", "name": "probe" }');
    await writeFile(path.join(folder, 'main.cjs'), APP);
    desktop = await TestDesktop.start();
    const args = [folder, '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/data`];
    app = await _electron.launch({ executablePath, args });
  });
  afterAll(async () => {
    await app.close();
    desktop.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('sees the tray icon, its tooltip and its menu', async () => {
    await desktop.tray();
    await desktop.until(
      () => desktop.tooltip(),
      (text) => text === 'ready',
    );
    expect((await desktop.icon()).width).toBe(16);
    const menu = await desktop.menu();
    expect(menu.map(({ label, separator }) => (separator ? '-' : label))).toEqual([
      'Tell',
      '-',
      'More',
    ]);
    expect(menu[2]?.children[0]).toMatchObject({ label: 'Ticked', checked: true });
  });

  it('clicks in the menu and on the notification that comes of it', async () => {
    await desktop.clickMenu('Tell');
    const notification = await desktop.nextNotification();
    expect(notification).toMatchObject({ summary: 'Done', body: 'All of it' });
    desktop.clickNotification(notification.id);
    await desktop.until(
      () => desktop.tooltip(),
      (text) => text === 'clicked',
    );
  });

  it('clicks in a menu that is set anew all the while, once each time', async () => {
    await app.evaluate(() => {
      setInterval((globalThis as unknown as { setAgain: () => void }).setAgain, 1);
    });
    await desktop.until(
      () => desktop.menu(),
      ([first]) => first?.label === 'Count',
    );
    for (let n = 0; n < 40; n += 1) await desktop.clickMenu('Count');
    expect(await app.evaluate(() => (globalThis as unknown as { clicks: number }).clicks)).toBe(40);
  });
});
