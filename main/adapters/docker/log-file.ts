import { z } from 'zod';
import type { Requests } from './requests.js';
import { inPath } from './names.js';
import { clean } from './text.js';

const inspected = z.looseObject({ LogPath: z.string().nullish() });

/**
 * The file that a container's output goes to, on the engine's own machine; null where it is gone or
 * its log driver keeps none.
 */
export async function logFile(requests: Requests, id: string): Promise<string | null> {
  const found = await requests.find(inspected, { path: `/containers/${inPath(id)}/json` });
  const file = clean(found?.LogPath ?? '');
  return file === '' ? null : file;
}
