import { EventEmitter } from 'node:events';
import type { MovedAside } from '../adapters/store/aside.js';
import type { Preferences as Values, Settings } from '../adapters/store/settings.js';
import type { Notify } from '../contract/notify.js';
import type { SettingsSlice } from '../contract/slices.js';
import { CareenError } from '../domain/errors.js';

/** Whether the system starts Careen at login; the desktop's, handed in. */
export interface LoginItem {
  isOn(): Promise<boolean>;
  /** Throws `login-item-refused`, or `file-unwritable` where it is a file. */
  set(on: boolean): Promise<void>;
}

/** What a person chose for the app itself, and files of the home that had to be moved aside. */
export class Preferences extends EventEmitter<{ changed: [] }> {
  #launchAtLogin: boolean | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly home: string,
    private readonly movedAside: MovedAside[],
    /** Null for a process that no login starts. */
    private readonly loginItem: LoginItem | null = null,
  ) {
    super();
    // Every engine's parts hear of it.
    this.setMaxListeners(0);
  }

  get value(): SettingsSlice {
    const { theme, language, pausedUntil, endpoint, otherAppsData, notify, welcomed } =
      this.settings.values;
    return {
      theme,
      language,
      pausedUntil,
      endpoint,
      otherAppsData,
      launchAtLogin: this.#launchAtLogin,
      notify,
      // A process that never asked has nothing to begin with.
      welcomed: welcomed ?? true,
      home: this.home,
      movedAside: this.movedAside,
    };
  }

  /** Changes and writes them; throws `home-unwritable` or `file-invalid`, and then nothing changed. */
  async set(
    change: Partial<
      Pick<Values, 'theme' | 'language' | 'pausedUntil' | 'endpoint' | 'otherAppsData' | 'welcomed'>
    > & { notify?: Partial<Notify> },
  ) {
    const { notify, ...rest } = change;
    await this.settings.set((now) =>
      notify === undefined ? rest : { ...rest, notify: { ...now.notify, ...notify } },
    );
    this.emit('changed');
  }

  /**
   * Notes whether the first run is still to come. A home that was at work before needs none.
   *
   * @param isKnown whether it holds a policy or a history
   */
  async meet(isKnown: boolean): Promise<void> {
    const { welcomed } = this.settings.values;
    const before = welcomed ?? !(this.settings.isNew && this.movedAside.length === 0);
    if (welcomed !== (before || isKnown)) await this.set({ welcomed: before || isKnown });
  }

  /** Reads from the system whether Careen starts at login: it may have been changed there. */
  async readLoginItem(): Promise<void> {
    if (this.loginItem === null) return;
    const before = this.#launchAtLogin;
    this.#launchAtLogin = await this.loginItem.isOn();
    if (this.#launchAtLogin !== before) this.emit('changed');
  }

  /** Has the system start Careen at login, or no more; throws `login-item-refused`, `file-unwritable`. */
  async launchAtLogin(on: boolean): Promise<void> {
    if (this.loginItem === null) throw new CareenError('login-item-refused', { why: 'not-here' });
    try {
      await this.loginItem.set(on);
    } finally {
      await this.readLoginItem();
    }
  }

  /** Tells of a file that could not be read and lies aside now. */
  tellMoved(moved: MovedAside): void {
    this.movedAside.push(moved);
    this.emit('changed');
  }
}
