import { EventEmitter } from 'node:events';
import type { MovedAside } from '../adapters/store/aside.js';
import type { Preferences as Values, Settings } from '../adapters/store/settings.js';
import type { SettingsSlice } from '../contract/slices.js';

/** What a person chose for the app itself, and files of the home that had to be moved aside. */
export class Preferences extends EventEmitter<{ changed: [] }> {
  constructor(
    private readonly settings: Settings,
    private readonly home: string,
    private readonly movedAside: MovedAside[],
  ) {
    super();
  }

  get value(): SettingsSlice {
    const { theme, language, pausedUntil, endpoint, otherAppsData } = this.settings.values;
    return {
      theme,
      language,
      pausedUntil,
      endpoint,
      otherAppsData,
      home: this.home,
      movedAside: this.movedAside,
    };
  }

  /** Changes and writes them; throws `home-unwritable` or `file-invalid`, and then nothing changed. */
  async set(
    change: Partial<
      Pick<Values, 'theme' | 'language' | 'pausedUntil' | 'endpoint' | 'otherAppsData'>
    >,
  ) {
    await this.settings.set(change);
    this.emit('changed');
  }

  /** Tells of a file that could not be read and lies aside now. */
  tellMoved(moved: MovedAside): void {
    this.movedAside.push(moved);
    this.emit('changed');
  }
}
