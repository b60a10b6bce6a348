import path from 'node:path';
import type { App } from 'electron';
import { AutostartFile } from '../adapters/host/autostart.js';
import { CareenError } from '../domain/errors.js';

/** Whether the system starts Careen when a person signs in, and the way to change that. */
export interface LoginItem {
  /** As the system has it now: it may have been changed there too. */
  isOn(): Promise<boolean>;
  /** Throws `login-item-refused`, or `file-unwritable` where it is a file. */
  set(on: boolean): Promise<void>;
  /** Puts right what a move of the program left wrong; to be called at each start. */
  mend(): Promise<void>;
}

/** So much of Electron's app as is used here. */
export type LoginApp = Pick<
  App,
  'isPackaged' | 'getAppPath' | 'getLoginItemSettings' | 'setLoginItemSettings'
>;

interface Surroundings {
  app: LoginApp;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The person's own folder. */
  user: string;
  /** The running program. */
  execPath: string;
}

const HIDDEN = '--hidden';

/** This system's way (HOSTS §7); null inside a Flatpak, where only its portal could. */
export function loginItemOf(around: Surroundings): LoginItem | null {
  const { app, platform, env, user, execPath } = around;
  const args = app.isPackaged ? [HIDDEN] : [app.getAppPath(), HIDDEN];
  if (platform !== 'linux') return new SystemItem(app, platform, execPath, args);
  if (env['FLATPAK_ID']) return null;
  // A snap's XDG_CONFIG_HOME is its own, and snapd looks into its autostart folder too.
  const config = env['XDG_CONFIG_HOME'] || path.join(user, '.config');
  const file = path.join(config, 'autostart', 'careen.desktop');
  // An AppImage runs from a mount that is gone when it ends.
  return new AutostartFile(file, [env['APPIMAGE'] || execPath, ...args]);
}

/** Whether this start was the system's, at login, and no person's: then no window is shown. */
export function isAtLogin(app: Pick<App, 'getLoginItemSettings'>, platform: NodeJS.Platform) {
  // macOS gives a login item no arguments.
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** macOS and Windows, by Electron. */
class SystemItem implements LoginItem {
  constructor(
    private readonly app: LoginApp,
    private readonly platform: NodeJS.Platform,
    private readonly execPath: string,
    private readonly args: string[],
  ) {}

  isOn(): Promise<boolean> {
    return Promise.resolve(this.#isOn());
  }

  set(on: boolean): Promise<void> {
    this.app.setLoginItemSettings({ openAtLogin: on, ...this.#item() });
    if (this.#isOn() === on) return Promise.resolve();
    // On macOS a person may have to allow it; on Windows they may have forbidden it.
    const { status } = this.app.getLoginItemSettings(this.#item()) as { status?: string };
    const why =
      this.platform === 'win32' || status === 'requires-approval' ? 'not-allowed' : 'not-kept';
    return Promise.reject(new CareenError('login-item-refused', { why }));
  }

  /** The system follows the program by itself. */
  mend(): Promise<void> {
    return Promise.resolve();
  }

  /** Windows tells of an item only by the very path and arguments that it was made with. */
  #item() {
    return this.platform === 'win32' ? { path: this.execPath, args: this.args } : {};
  }

  #isOn(): boolean {
    const found = this.app.getLoginItemSettings(this.#item());
    return this.platform === 'win32' ? found.executableWillLaunchAtLogin : found.openAtLogin;
  }
}
