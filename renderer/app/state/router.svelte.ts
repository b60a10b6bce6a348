export const screens = ['overview', 'images', 'cleanup', 'history', 'settings'] as const;
export type Screen = (typeof screens)[number];

export interface Route {
  screen: Screen;
  /** An image ID or a run ID. */
  id: string | null;
}

/**
 * Where in the window a hash leads, e.g. `#/images/sha256:…`; what is not known leads to the
 * overview.
 */
export function parseHash(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#?\/?/, '').split('/');
  const screen = screens.find((s) => s === name) ?? 'overview';
  const id = rest.join('/');
  return { screen, id: id === '' ? null : decodeURIComponent(id) };
}

export function hashOf(screen: Screen, id: string | null = null): string {
  return `#/${screen}${id === null ? '' : `/${encodeURIComponent(id)}`}`;
}

/** The route in the window's address, so that back and forward work. */
export class Router {
  route = $state.raw<Route>(parseHash(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.route = parseHash(location.hash);
    });
  }

  go(screen: Screen, id: string | null = null): void {
    location.hash = hashOf(screen, id);
  }
}
