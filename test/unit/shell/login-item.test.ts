import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoginItemSettings, Settings } from 'electron';
import { describe, expect, it } from 'vitest';
import { isAtLogin, loginItemOf, type LoginApp } from '../../../main/shell/login-item.js';
import { testFolder } from '../../support/folder.js';

/** A desktop that keeps login items, or with `keeps: false` lets a person's own choice stand. */
function desktop(options: { keeps?: boolean; status?: string; packaged?: boolean } = {}) {
  const { keeps = true, status = 'enabled', packaged = true } = options;
  const set: Settings[] = [];
  const app: LoginApp = {
    isPackaged: packaged,
    getAppPath: () => '/src/careen',
    setLoginItemSettings: (settings) => void set.push(settings),
    getLoginItemSettings: (asked) => {
      const last = set.at(-1);
      const same =
        JSON.stringify([asked?.path, asked?.args]) === JSON.stringify([last?.path, last?.args]);
      const on = keeps && same && last?.openAtLogin === true;
      return {
        openAtLogin: last?.openAtLogin === true && on,
        executableWillLaunchAtLogin: on,
        status,
      } as unknown as LoginItemSettings;
    },
  };
  return { app, set };
}

const around = { env: {}, user: '/home/a', execPath: '/opt/Careen/careen' };

describe('launch at login', () => {
  it.each(['darwin', 'win32'] as const)('on %s is kept by the system', async (platform) => {
    const { app, set } = desktop();
    const item = loginItemOf({ ...around, app, platform });
    expect(await item?.isOn()).toBe(false);
    await item?.set(true);
    expect(await item?.isOn()).toBe(true);
    expect(set).toEqual([
      platform === 'win32'
        ? { openAtLogin: true, path: '/opt/Careen/careen', args: ['--hidden'] }
        : { openAtLogin: true },
    ]);
    await item?.set(false);
    expect(await item?.isOn()).toBe(false);
  });

  it.each([
    ['darwin', 'requires-approval', 'not-allowed'],
    ['darwin', 'not-found', 'not-kept'],
    ['win32', 'enabled', 'not-allowed'],
  ] as const)('on %s with status %s says that it is %s', async (platform, status, why) => {
    const { app } = desktop({ keeps: false, status });
    const item = loginItemOf({ ...around, app, platform });
    await expect(item?.set(true)).rejects.toMatchObject({
      code: 'login-item-refused',
      details: { why },
    });
  });

  it.each<[string, NodeJS.ProcessEnv, boolean, string]>([
    ['an installed program', {}, true, 'Exec="/opt/Careen/careen" "--hidden"'],
    [
      'an AppImage',
      { APPIMAGE: '/home/a/C.AppImage' },
      true,
      'Exec="/home/a/C.AppImage" "--hidden"',
    ],
    ['its sources', {}, false, 'Exec="/opt/Careen/careen" "/src/careen" "--hidden"'],
  ])('on Linux is a file that starts %s', async (_what, env, packaged, exec) => {
    const folder = await testFolder();
    const { app } = desktop({ packaged });
    const item = loginItemOf({
      ...around,
      app,
      platform: 'linux',
      env: { ...env, XDG_CONFIG_HOME: folder },
    });
    await item?.set(true);
    expect(await readFile(join(folder, 'autostart', 'careen.desktop'), 'utf8')).toContain(exec);
  });

  it('cannot be had in a Flatpak', () => {
    const { app } = desktop();
    const env = { FLATPAK_ID: 'app.careen.desktop' };
    expect(loginItemOf({ ...around, app, platform: 'linux', env })).toBeNull();
  });

  it('is known from a start by a person on macOS alone, where no argument says it', () => {
    const app = { getLoginItemSettings: () => ({ wasOpenedAtLogin: true }) as LoginItemSettings };
    expect(isAtLogin(app, 'darwin')).toBe(true);
    expect(isAtLogin(app, 'win32')).toBe(false);
  });
});
