import { pipePlace } from './pipe.js';
import type { ControlPlace } from './types.js';
import { unixPlace } from './unix.js';

/** The control socket of a data home; `home` is its real path. */
export function controlPlace(home: string): ControlPlace {
  return process.platform === 'win32' ? pipePlace(home) : unixPlace(home);
}
