import type { EngineSlice } from '../../../main/contract/slices.js';

/** The platform as Node names it, from what the page knows of its browser. */
export function platformOf(userAgent: string): 'linux' | 'darwin' | 'win32' {
  if (userAgent.includes('Windows')) return 'win32';
  return userAgent.includes('Mac OS X') ? 'darwin' : 'linux';
}

/** Where the Docker Engine of Linux packages listens; it belongs to the group `docker`. */
const GROUPS_SOCKETS: readonly string[] = [
  'unix:///var/run/docker.sock',
  'unix:///run/docker.sock',
];

/** Whether a place that may not be opened is one that joining the group `docker` opens. */
export function isGroupsSocket(
  { outcome, endpoint }: EngineSlice['looked'][number],
  platform: ReturnType<typeof platformOf>,
): boolean {
  return platform === 'linux' && outcome === 'no-permission' && GROUPS_SOCKETS.includes(endpoint);
}
