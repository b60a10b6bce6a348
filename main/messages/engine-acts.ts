import { firstEngine } from '../contract/first-engine.js';

/** What `careen` is typed with before an act on an engine: the first one is meant where it was met. */
export const engineActs = (engine: string, endpoint: string): string =>
  engine === firstEngine ? `careen --engine ${endpoint} engines` : 'careen engines';
