import type { Oddity } from '../../../domain/disk/types.js';
import type { DiskFiles } from './files.js';
import { MiB, sizeIn } from './limit.js';
import { jsonSettings, textOf } from './settings.js';

/** What Docker Desktop's settings say of its disk; null is absent, which means the default. */
export interface DesktopSettings {
  dataFolder: string | null;
  wslFolder: string | null;
  /** Bytes. */
  limit: number | null;
  oddity: Oddity | null;
}

/** A figure above this in MiB would be more than a pebibyte: it was written in bytes. */
const mostMiB = 2 ** 30;

/**
 * Reads the settings in a folder: `settings-store.json`, up to 4.34 `settings.json` with its keys in
 * the other spelling (HOSTS §2, Settings files). Throws `Unreadable`.
 */
export async function desktopSettings(files: DiskFiles, folder: string): Promise<DesktopSettings> {
  const found = await jsonSettings(files, [
    files.join(folder, 'settings-store.json'),
    files.join(folder, 'settings.json'),
  ]);
  const value = (key: string): unknown =>
    found?.values[key] ?? found?.values[key.charAt(0).toLowerCase() + key.slice(1)];
  const size = value('DiskSizeMiB');
  const isInBytes = typeof size === 'number' && size > mostMiB;
  return {
    dataFolder: textOf(value('DataFolder')),
    wslFolder: textOf(value('CustomWslDistroDir')),
    limit: isInBytes ? null : sizeIn(MiB, size),
    oddity: isInBytes && found ? { kind: 'bytes-as-mib', file: found.file } : null,
  };
}
