import type { DiskFiles } from './files.js';

/** A folder below the user's application data on Windows. */
export function appData(files: DiskFiles, which: 'Roaming' | 'Local', ...parts: string[]): string {
  const set = files.env(which === 'Roaming' ? 'APPDATA' : 'LOCALAPPDATA');
  return files.join(set ?? files.below('AppData', which), ...parts);
}

/** The path of a Unix socket; null for any other endpoint. */
export function socketOf(endpoint: string): string | null {
  return endpoint.startsWith('unix://') ? endpoint.slice('unix://'.length) : null;
}
