import { CareenError } from '../../domain/errors.js';
import { allContexts, contextNamed, currentContext, type Context } from './context.js';
import type { HostView } from './host-view.js';
import { parseEndpoint } from './parse-endpoint.js';
import { productSockets } from './sockets.js';
import { clean } from './text.js';
import type { Candidate } from './types.js';

/** A place to look at, and what follows when nothing answers there. */
export interface Place extends Candidate {
  /**
   * `only`: the environment names it, and nothing else is taken in its stead. `yes`: taken if it
   * answers. `no`: offered, never taken by itself.
   */
  take: 'only' | 'yes' | 'no';
  /** Why there is no endpoint; `not-set` where the variable is empty. */
  missing: CareenError | 'not-set' | null;
}

/**
 * Where engines may be, in the docker CLI's order (HOSTS §1): a practice engine's socket, DOCKER_HOST,
 * DOCKER_CONTEXT, the current context, the default, then the sockets of the products, then the other
 * contexts. Places that lead to one endpoint are one.
 */
export async function candidates(host: HostView): Promise<Place[]> {
  const places = [
    ...variables(host),
    ...(await contextVariable(host)),
    ...(await current(host)),
    place('default', 'context', defaultEndpoint(host), 'yes'),
    ...(await productSockets(host)).map(
      (found) => ({ ...found, take: 'yes', missing: null }) as const,
    ),
    ...(await allContexts(host)).map((context) => ofContext(host, context, 'no')),
  ];
  return unique(host, places);
}

/**
 * What `--engine` names: a context, or an endpoint as DOCKER_HOST takes it.
 *
 * @throws CareenError `context-missing`, `context-unreadable`, `endpoint-invalid`
 */
export async function resolveEngine(host: HostView, text: string): Promise<Candidate> {
  const name = clean(text.trim());
  const chosen = (endpoint: string): Candidate => ({
    name,
    kind: 'chosen',
    endpoint: parseEndpoint(endpoint).url,
  });
  if (/[:/\\]/.test(text)) return chosen(text);
  if (name === 'default') return chosen(host.env['DOCKER_HOST'] || defaultEndpoint(host));
  const context = await contextNamed(host, text.trim());
  return chosen(context.host || defaultEndpoint(host));
}

/** An endpoint with the links of its socket resolved, as engines are told apart by (DESIGN §3). */
export async function realEndpointOf(host: HostView, endpoint: string): Promise<string> {
  const path = /^unix:\/\/(.*)$/.exec(endpoint)?.[1];
  return path === undefined ? endpoint : `unix://${await host.realpath(path)}`;
}

/** The default context's endpoint where DOCKER_HOST is not set. */
export function defaultEndpoint(host: HostView): string {
  return host.platform === 'win32'
    ? 'npipe:////./pipe/docker_engine'
    : 'unix:///var/run/docker.sock';
}

function place(
  name: string,
  kind: Candidate['kind'],
  endpoint: string,
  take: Place['take'],
  missing: Place['missing'] = null,
): Place {
  return { name, kind, endpoint: clean(endpoint), take, missing };
}

function variables(host: HostView): Place[] {
  const { CAREEN_PRACTICE_SOCKET: practice, DOCKER_HOST: told } = host.env;
  return [
    ...(practice
      ? [place('CAREEN_PRACTICE_SOCKET', 'practice', `unix://${practice}`, 'only')]
      : []),
    told
      ? place('DOCKER_HOST', 'variable', normal(told), 'only')
      : place('DOCKER_HOST', 'variable', '', 'no', 'not-set'),
  ];
}

/** DOCKER_HOST beats DOCKER_CONTEXT, and both beat the current context. */
async function contextVariable(host: HostView): Promise<Place[]> {
  const { DOCKER_HOST: told, DOCKER_CONTEXT: name } = host.env;
  if (told || !name || name === 'default') return [];
  return [await named(host, name, 'only')];
}

async function current(host: HostView): Promise<Place[]> {
  const { DOCKER_HOST: told, DOCKER_CONTEXT: variable } = host.env;
  if (told || variable) return [];
  try {
    const name = await currentContext(host);
    return name === null ? [] : [await named(host, name, 'yes')];
  } catch (e) {
    if (!(e instanceof CareenError)) throw e;
    return [place('config.json', 'context', '', 'only', e)];
  }
}

/** A context that is named and cannot be had is an error, as it is to the CLI, never another engine. */
async function named(host: HostView, name: string, take: 'only' | 'yes'): Promise<Place> {
  try {
    return ofContext(host, await contextNamed(host, name), take);
  } catch (e) {
    if (!(e instanceof CareenError)) throw e;
    return place(clean(name), 'context', '', 'only', e);
  }
}

function ofContext(host: HostView, context: Context, take: Place['take']): Place {
  return place(context.name, 'context', normal(context.host || defaultEndpoint(host)), take);
}

/** In one spelling, where it has one; an invalid one stays as it is and is told when looked at. */
function normal(endpoint: string): string {
  try {
    return parseEndpoint(endpoint).url;
  } catch (e) {
    if (!(e instanceof CareenError)) throw e;
    return endpoint;
  }
}

async function unique(host: HostView, places: Place[]): Promise<Place[]> {
  const seen = new Set<string>();
  const kept: Place[] = [];
  for (const one of places) {
    const path = /^unix:\/\/(.*)$/.exec(one.endpoint)?.[1];
    const real = path === undefined ? one.endpoint : `unix://${await host.realpath(path)}`;
    if (real !== '' && seen.has(real)) continue;
    seen.add(real);
    kept.push(one);
  }
  return kept;
}
