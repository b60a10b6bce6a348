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

/** Milliseconds after which one is fetched though there is always something else to be done. */
const PATIENCE = 2_000;

/** Fetches them, one whenever nothing else is to be done, so that nobody waits for one. */
export function fetchRooms(): void {
  const left = [palette, layersView, ...Object.values(rooms), shortcuts];
  const whenIdle = () => requestIdleCallback(fetchNext, { timeout: PATIENCE });
  const fetchNext = () => {
    const next = left.shift();
    if (next) void fetchAhead(next).then(whenIdle);
  };
  whenIdle();
}

/** Fetches one that is about to be shown. */
export const fetchRoom = (name: RoomName) => void fetchAhead(rooms[name]);

/** Who shows one that could not be fetched asks for it again, and meets why. */
async function fetchAhead(fetch: () => Promise<unknown>): Promise<void> {
  await Promise.allSettled([fetch()]);
}
