/**
 * The screens that nobody looks at first: each is fetched once somebody does, so that a window opens
 * as fast as what it opens on.
 */
export const rooms = {
  updates: () => import('./updates/Updates.svelte'),
  cleanup: () => import('./cleanup/CleanUp.svelte'),
  history: () => import('./history/History.svelte'),
  settings: () => import('./settings/Settings.svelte'),
  engines: () => import('./fleet/Engines.svelte'),
};

/** What opens over a screen or in place of a part of it, fetched in the same way. */
export const layersView = () => import('./overview/layers/LayersView.svelte');
export const palette = () => import('./palette/Palette.svelte');
export const shortcuts = () => import('./palette/Shortcuts.svelte');

export type RoomName = keyof typeof rooms;

export const isRoom = (screen: string): screen is RoomName => Object.hasOwn(rooms, screen);

/** Fetches one that is about to be shown. */
export function fetchRoom(name: RoomName): void {
  // Where it fails, whoever shows it meets that too.
  rooms[name]().catch(() => undefined);
}

/** Fetches them while nothing else is to be done, so that nobody waits for one. */
export function fetchRooms(): void {
  const all = [palette, layersView, ...Object.values(rooms), shortcuts];
  requestIdleCallback(() => void Promise.allSettled(all.map((fetch) => fetch())));
}
