import { stat } from 'node:fs/promises';
import { systemCode } from '../system-error.js';
import { isOfThisHost } from './folders.js';

/** A file that is gone, or in a folder that is not this user's to look into. */
const untold: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']);

/** Bytes of a file of this host; null where there is none, or this user may not know. */
export async function sizeOfFile(file: string): Promise<number | null> {
  if (!isOfThisHost(file, process.platform)) return null;
  try {
    return (await stat(file)).size;
  } catch (e) {
    if (untold.has(systemCode(e))) return null;
    throw e;
  }
}
