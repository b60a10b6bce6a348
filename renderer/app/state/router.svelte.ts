export const screens = [
  'overview',
  'images',
  'updates',
  'cleanup',
  'policy',
  'history',
  'settings',
] as const;
export type Screen = (typeof screens)[number];

export interface Route {
  screen: Screen;
  /** An image ID, a container's name, a run ID, on `cleanup` the ID of a plan made before, or on `overview` one of its views. */
  id: string | null;
  /** On `images`: only those that this rule of the policy decides over. */
  rule: string | null;
}

const RULE = '?rule=';

/**
 * Where in the window a hash leads, e.g. `#/images/sha256:…` or `#/images?rule=stale`; what is not
 * known leads to the overview.
 */
export function parseHash(hash: string): Route {
  const [path = '', ...query] = hash.replace(/^#?\/?/, '').split(RULE);
  const [name, ...rest] = path.split('/');
  const screen = screens.find((s) => s === name) ?? 'overview';
  const decoded = (text: string) => (text === '' ? null : decodeURIComponent(text));
  return { screen, id: decoded(rest.join('/')), rule: decoded(query.join(RULE)) };
}

export function hashOf(
  screen: Screen,
  id: string | null = null,
  rule: string | null = null,
): string {
  const place = id === null ? '' : `/${encodeURIComponent(id)}`;
  return `#/${screen}${place}${rule === null ? '' : `${RULE}${encodeURIComponent(rule)}`}`;
}

/** The route in the window's address, so that back and forward work. */
export class Router {
  route = $state.raw<Route>(parseHash(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.route = parseHash(location.hash);
    });
  }

  go(screen: Screen, id: string | null = null, rule: string | null = null): void {
    location.hash = hashOf(screen, id, rule);
  }
}
