import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { notify, notifyByDefault } from '../../contract/notify.js';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { type MovedAside, moveAside } from './aside.js';
import { probeRoom } from '../atomic.js';
import { homeUnwritable, systemCode } from '../system-error.js';

/** What is used of Conf and of its child electron-store, which imports electron (DESIGN §3). */
export interface ConfLike {
  readonly path: string;
  /** All that the file holds; reads it each time. */
  readonly store: Record<string, unknown>;
  set(values: Record<string, unknown>): void;
}

const keys = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'zh-CN']),
  /** Milliseconds since the epoch; null: not paused. */
  pausedUntil: z.number().nullable(),
  /** An endpoint that a person chose; null: by discovery. */
  endpoint: z.string().min(1).nullable(),
  /** Files of other applications may be read, which macOS asks about (HOSTS §2, macOS privacy). */
  otherAppsData: z.boolean(),
  /** What a person wants to be notified of; a key that a file lacks has its default. */
  notify: z.object({
    disk: z.boolean().default(notifyByDefault.disk),
    failed: z.boolean().default(notifyByDefault.failed),
    runs: z.boolean().default(notifyByDefault.runs),
    updates: notify.shape.updates.default(notifyByDefault.updates),
  }),
  /** When new versions of the first engine were last told, in milliseconds since the epoch. */
  toldUpdatesAt: z.number().nullable(),
  /** The same of engines that were added, by their keys. */
  toldUpdatesOf: z.record(z.string(), z.number()),
  window: z
    .object({
      x: z.number().int(),
      y: z.number().int(),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      maximized: z.boolean(),
    })
    .nullable(),
  /** A person was told where the app is once its window is closed. */
  toldWhereItStays: z.boolean(),
  /** The first run is done with; null: no version that has one was here yet. */
  welcomed: z.boolean().nullable(),
};

const preferences = z.object(keys);

/** What a person chose for the app itself; the policy is a file of its own. */
export type Preferences = z.infer<typeof preferences>;

/** A setting that is not what it may be; its default holds and the file keeps what it says. */
export interface InvalidSetting {
  key: keyof Preferences;
  /** As JSON. */
  found: string;
}

const defaults: Preferences = {
  theme: 'system',
  language: 'system',
  pausedUntil: null,
  endpoint: null,
  otherAppsData: false,
  notify: notifyByDefault,
  toldUpdatesAt: null,
  toldUpdatesOf: {},
  window: null,
  toldWhereItStays: false,
  welcomed: null,
};

/**
 * To be called before a Conf or electron-store is made over `config.json` in the home, which
 * throws at what is no JSON and takes any JSON for an object: such a file is moved aside and named
 * (DESIGN §6). Null: the file is sound, or there is none.
 */
export async function prepareSettingsFile(home: string, now: Millis): Promise<MovedAside | null> {
  const file = join(home, 'config.json');
  try {
    if (await isSound(file)) return null;
    return await moveAside(file, now);
  } catch (e) {
    throw homeUnwritable(home, e);
  }
}

async function isSound(file: string): Promise<boolean> {
  try {
    return z.record(z.string(), z.unknown()).safeParse(JSON.parse(await readFile(file, 'utf8')))
      .success;
  } catch (e) {
    return systemCode(e) === 'ENOENT';
  }
}

/** The preferences, read once and checked by their schema; written through to the file. */
export class Settings {
  readonly invalid: readonly InvalidSetting[];
  /** Nothing was ever set here. */
  readonly isNew: boolean;
  #values: Preferences;

  constructor(private readonly conf: ConfLike) {
    const stored = conf.store;
    this.isNew = Object.keys(stored).length === 0;
    const valid: Record<string, unknown> = {};
    const invalid: InvalidSetting[] = [];
    for (const key of preferences.keyof().options) {
      if (stored[key] === undefined) continue;
      const read = keys[key].safeParse(stored[key]);
      if (read.success) valid[key] = read.data;
      else invalid.push({ key, found: JSON.stringify(stored[key]) });
    }
    this.#values = preferences.parse({ ...defaults, ...valid });
    this.invalid = invalid;
  }

  get values(): Preferences {
    return this.#values;
  }

  /**
   * Changes some of the preferences and writes them. Throws `home-unwritable` (a full disk
   * included: Conf itself would cut its file short there), or `file-invalid` when the file became
   * unreadable meanwhile; it is then left as it is, and nothing changes.
   *
   * @param change what changes, or how to tell from the preferences as they are when it is written:
   * another change may have been written while this one waited
   */
  async set(
    change: Partial<Preferences> | ((now: Preferences) => Partial<Preferences>),
  ): Promise<void> {
    const changeOf = typeof change === 'function' ? change : () => change;
    const changed = () => preferences.parse({ ...this.#values, ...changeOf(this.#values) });
    const { path } = this.conf;
    try {
      const text = JSON.stringify({ ...this.conf.store, ...changed() }, null, 2);
      await probeRoom(path, text.length * 2);
      this.conf.set(changeOf(this.#values));
    } catch (e) {
      if (e instanceof SyntaxError)
        throw new CareenError('file-invalid', { file: path, where: '', expected: 'JSON' });
      throw homeUnwritable(dirname(path), e);
    }
    this.#values = changed();
  }
}
