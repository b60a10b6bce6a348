import { CareenError } from '../../domain/errors.js';
import { clean } from './text.js';

/** A parsed endpoint; only local ones can be connected to (DESIGN §3, Endpoint). */
export type Endpoint =
  | { kind: 'unix' | 'npipe'; url: string; /** As Node's `net` takes it. */ path: string }
  | { kind: 'remote'; url: string };

export type LocalEndpoint = Exclude<Endpoint, { kind: 'remote' }>;

const defaultPath = { unix: '/var/run/docker.sock', npipe: '//./pipe/docker_engine' };

/**
 * Reads an endpoint as the docker CLI does (HOSTS §1): a bare `host:port` means tcp, an empty path
 * the default socket; an absolute path is taken for a Unix socket as well.
 *
 * @throws CareenError `endpoint-invalid`
 */
export function parseEndpoint(text: string): Endpoint {
  const given = text.trim();
  const invalid = new CareenError('endpoint-invalid', { endpoint: clean(text) });
  if (given.startsWith('/') && !given.startsWith('//')) return local('unix', given);
  const match = /^([a-z]+):\/\/(.*)$/i.exec(given);
  if (!match) {
    if (/^\[?[\w.:-]+\]?:\d{1,5}$/.test(given)) return { kind: 'remote', url: `tcp://${given}` };
    throw invalid;
  }
  const [, scheme = '', rest = ''] = match;
  switch (scheme.toLowerCase()) {
    case 'unix':
      if (rest !== '' && !rest.startsWith('/')) throw invalid;
      return local('unix', rest || defaultPath.unix);
    case 'npipe': {
      const pipe = rest.replaceAll('\\', '/') || defaultPath.npipe;
      if (!/^\/\/[^/]+\/pipe\/[^/]+/.test(pipe)) throw invalid;
      return local('npipe', pipe);
    }
    case 'tcp':
    case 'ssh':
    case 'http':
    case 'https':
      if (!URL.canParse(given) || new URL(given).hostname.startsWith('-')) throw invalid;
      return { kind: 'remote', url: clean(given) };
    default:
      throw invalid;
  }
}

function local(kind: 'unix' | 'npipe', path: string): LocalEndpoint {
  return { kind, path, url: `${kind}://${path}` };
}

/**
 * An endpoint on this machine.
 *
 * @throws CareenError `endpoint-invalid`, `endpoint-remote`
 */
export function localEndpoint(text: string): LocalEndpoint {
  const endpoint = parseEndpoint(text);
  if (endpoint.kind === 'remote')
    throw new CareenError('endpoint-remote', { endpoint: endpoint.url });
  return endpoint;
}
