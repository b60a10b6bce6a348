import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the folder that Electron keeps for itself inside the data home, so that apps with different
 * homes share nothing, their single-instance lock included. Synchronous, since Electron opens it before
 * anything can be awaited.
 *
 * @param home as `homePath` gives it
 * @returns the folder; null where the home is another user's, or would be made in another user's
 *   folder, or cannot be made: nothing is made then, and opening the home says why
 */
export function electronFolder(home: string): string | null {
  if (!isOwn(home)) return null;
  const folder = path.join(home, 'electron');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    return null;
  }
  return folder;
}

function isOwn(home: string): boolean {
  const own = process.getuid?.();
  if (own === undefined) return true;
  let folder = home;
  for (;;) {
    const stats = statSync(folder, { throwIfNoEntry: false });
    // Folders of the system may hold a new home; one that is there has to be the user's own.
    if (stats) return stats.uid === own || (folder !== home && stats.uid === 0);
    if (folder === path.dirname(folder)) return false;
    folder = path.dirname(folder);
  }
}
