/** The screens of the sidebar. */
export const screens = [
  'overview',
  'images',
  'updates',
  'cleanup',
  'policy',
  'history',
  'settings',
] as const;
/** The list of all engines is gone to from the name of the one in view. */
const places = [...screens, 'engines'] as const;
export type Screen = (typeof places)[number];

export interface Route {
  screen: Screen;
  /** An image ID, a container's name, a run ID, on `cleanup` the ID of a plan made before, on `overview` one of its views, or on `engines` what is asked for. */
  id: string | null;
  /** On `images`: only those that this rule of the policy decides over. */
  rule: string | null;
}

const RULE = '?rule=';

/**
 * Where in the window a hash leads, e.g. `#/images/sha256:…` or `#/images?rule=stale`; what is not
 * known, or not encoded well, leads to the overview.
 */
export function parseHash(hash: string): Route {
  const [path = '', ...query] = hash.replace(/^#?\/?/, '').split(RULE);
  const [name, ...rest] = path.split('/');
  const screen = places.find((s) => s === name) ?? 'overview';
  const id = decoded(rest.join('/'));
  const rule = decoded(query.join(RULE));
  if (id === undefined || rule === undefined) return { screen: 'overview', id: null, rule: null };
  return { screen, id, rule };
}

/** Null where nothing is there; undefined where it is no encoded text. */
function decoded(text: string): string | null | undefined {
  if (text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch (e) {
    if (e instanceof URIError) return undefined;
    throw e;
  }
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

  /**
   * From going to another screen until a person does anything there: what the screen says first then
   * has the focus, as a page that is loaded begins at its top, whenever it comes.
   */
  arriving = false;

  constructor() {
    addEventListener('hashchange', () => {
      const before = this.route.screen;
      this.route = parseHash(location.hash);
      this.arriving ||= before !== this.route.screen;
    });
  }

  go(screen: Screen, id: string | null = null, rule: string | null = null): void {
    location.hash = hashOf(screen, id, rule);
  }
}
