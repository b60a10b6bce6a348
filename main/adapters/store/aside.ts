import { access, rename } from 'node:fs/promises';
import type { Millis } from '../../domain/facts.js';
import { systemCode } from '../system-error.js';

/** A file that could not be read, and the name it was moved to (DESIGN §6). */
export interface MovedAside {
  file: string;
  to: string;
}

/** Moves a damaged file to `<name>.damaged-<UTC time>`, never over another. */
export async function moveAside(file: string, now: Millis): Promise<MovedAside> {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  let to = `${file}.damaged-${time}`;
  for (let n = 2; await exists(to); n++) to = `${file}.damaged-${time}-${n}`;
  await rename(file, to);
  return { file, to };
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (e) {
    if (systemCode(e) === 'ENOENT') return false;
    throw e;
  }
}
